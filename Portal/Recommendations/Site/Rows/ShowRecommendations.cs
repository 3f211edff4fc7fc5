using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Site.Dismissals;
using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Plays;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>GET: the rows of the acting profile, made of what it has watched and said until now.</summary>
internal static class ShowRecommendations
{
    // The latest: of more a request would take too long, and it says little.
    private const int MostPlays = 500;

    public static async Task<Results<Ok<RecommendationPage>, ProblemHttpResult>> HandleAsync(
        SeenTitles seen, PlayStore plays, OpinionReader opinions, DismissalStore dismissals, CurrentModel current, TimeProvider time, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        var (model, now) = (current.Now, time.GetUtcNow());
        var works = WatchedWorks.Of(await plays.LatestAsync(watcher.Profile.Id, MostPlays, http.RequestAborted));
        var signals = new Signals(works, await opinions.ReadAsync(watcher.Profile.Id, http.RequestAborted));
        var page = new RowPage(watcher, signals, await dismissals.ReadAsync(watcher.Profile.Id, http.RequestAborted), now);
        var moment = Moment.At(now, DeviceKinds.Of(http.Request.Headers.UserAgent.ToString()));
        if (model is not null) page.AddRanked(model.Titles, moment);
        else page.AddUnranked();
        if (watcher.Language is { } language) page.AddPopular(language);
        page.AddPopular(null);
        page.AddWatchAgain();
        CatalogPages.MarkPrivate(http);
        return TypedResults.Ok(new RecommendationPage(page.Rows, model?.Version.TrainedAt));
    }
}
