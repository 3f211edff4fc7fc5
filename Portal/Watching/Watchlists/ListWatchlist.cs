using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Watching.Watchlists;

internal sealed record WatchlistItem(TitleCard Title, DateTimeOffset AddedAt);

/// <param name="Items">All that the profile sees of it, the latest first.</param>
/// <param name="Most">How many it may hold.</param>
internal sealed record WatchlistAnswer(IReadOnlyList<WatchlistItem> Items, int Most);

internal static class ListWatchlist
{
    public static async Task<Results<Ok<WatchlistAnswer>, ProblemHttpResult>> HandleAsync(
        SeenTitles seen, WatchlistStore watchlists, IOptions<WatchingOptions> options, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        var listed = await watchlists.ReadAsync(watcher.Profile.Id, http.RequestAborted);
        var items = from one in listed let card = watcher.CardOf(one.TitleId) where card is not null select new WatchlistItem(card, one.AddedAt);
        return TypedResults.Ok(new WatchlistAnswer([.. items], options.Value.WatchlistSize));
    }
}
