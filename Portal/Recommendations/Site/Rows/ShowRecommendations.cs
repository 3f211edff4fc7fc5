using FlickStream.Platform.Languages;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Site.Experiments;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>GET: the rows of the acting profile, made of what it has watched and said until now.</summary>
internal static class ShowRecommendations
{
    public static async Task<Results<Ok<RecommendationPage>, ProblemHttpResult>> HandleAsync(
        SeenTitles seen, RowReader reader, CurrentModel current, ExperimentStore experiments, ExposureLog exposures, AccountStore accounts, TimeProvider time,
        HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        var (experiment, variant, model) = ShownVariant.To(watcher.Profile.Id, await experiments.NowAsync(http.RequestAborted), current);
        var now = time.GetUtcNow();
        var (reading, owning) = (reader.ReadAsync(watcher, http.RequestAborted), accounts.GetAsync(watcher.Profile.AccountId, http.RequestAborted));
        await Task.WhenAll(reading, owning);
        var (signals, open) = await reading;
        var page = new RowPage(open, signals, now);
        page.AddBegun(await reader.BegunAsync(open, http.RequestAborted));
        var moment = Moment.At(now, Locale.ZoneOf(await owning), DeviceKinds.Of(http.Request.Headers.UserAgent.ToString()));
        if (model is not null) page.AddRanked(model.Titles, variant.Order, moment);
        else page.AddUnranked();
        if (watcher.Viewing.Language is { } wish) page.AddPopular(LanguageTags.LanguageOf(wish));
        page.AddPopular(null);
        page.AddWatchAgain();
        page.AddAnything();
        CatalogPages.MarkPrivate(http);
        var answer = new RecommendationPage(page.Rows, model?.Version.TrainedAt);
        exposures.Add(watcher, experiment, variant, answer);
        return TypedResults.Ok(answer);
    }
}
