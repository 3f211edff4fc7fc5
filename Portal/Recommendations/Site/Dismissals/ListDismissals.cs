using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Recommendations.Site.Dismissals;

/// <param name="Id">Of a movie or series, by which it is taken back.</param>
/// <param name="Title">Null where the profile does not see it now.</param>
internal sealed record DismissedTitle(string Id, TitleCard? Title);

/// <param name="Items">The latest first.</param>
/// <param name="Most">How many there may be.</param>
internal sealed record DismissalAnswer(IReadOnlyList<DismissedTitle> Items, int Most);

/// <summary>GET: what the acting profile is not interested in.</summary>
internal static class ListDismissals
{
    public static async Task<Results<Ok<DismissalAnswer>, ProblemHttpResult>> HandleAsync(
        SeenTitles seen, DismissalStore dismissals, IOptions<RecommendationOptions> options, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        var ids = await dismissals.ReadAsync(watcher.Profile.Id, http.RequestAborted);
        return TypedResults.Ok(new DismissalAnswer([.. ids.Select(id => new DismissedTitle(id, watcher.CardOf(id)))], options.Value.Dismissals));
    }
}
