using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Watchlists;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Lists;

internal sealed record OwnLists(IReadOnlyList<ListAnswer> Items);

/// <param name="Items">All that the profile sees of it, the latest first.</param>
internal sealed record ListPage(string Id, string Name, IReadOnlyList<WatchlistItem> Items);

/// <summary>GET: the profile's lists, and one of them.</summary>
internal static class ShowLists
{
    public static async Task<Results<Ok<OwnLists>, ProblemHttpResult>> AllAsync(SeenTitles seen, ListStore lists, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        return watcher is null ? refusal!.ToResult()
            : TypedResults.Ok(new OwnLists([.. (await lists.OfProfileAsync(watcher.Profile.Id, http.RequestAborted)).Select(ListAnswer.Of)]));
    }

    public static async Task<Results<Ok<ListPage>, ProblemHttpResult>> OneAsync(string id, SeenTitles seen, ListStore lists, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (await lists.GetAsync(watcher.Profile.Id, id, http.RequestAborted) is not { } list) return WatchingProblems.ListNotFound.ToResult();
        var items = from one in list.Titles let card = watcher.CardOf(one.TitleId) where card is not null select new WatchlistItem(card, one.AddedAt);
        return TypedResults.Ok(new ListPage(list.Id, list.Name, [.. items]));
    }
}
