using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Watching.Streams;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Playing;

/// <summary>POST: begins a stream, where what is asked for is seen by the profile and paid for. Studios and administrators look at their own
/// titles without.</summary>
internal static class PlayTitle
{
    public static async Task<Results<Ok<PlayAnswer>, ProblemHttpResult>> HandleAsync(
        string id, PlayTitleRequest? request, SeenTitles seen, TitleStore titles, IEntitlements entitlements, ProfileStore profiles, Previews previews,
        StreamStart start, AccountStreams streams, HttpContext http)
    {
        var stop = http.RequestAborted;
        // Before it is asked who sees it, so that what another process wrote a moment ago counts.
        var title = await titles.ReadAsync(id, stop);
        var (watcher, refusal) = await seen.WatcherAsync(http);
        var entitlement = watcher is null ? null : await entitlements.OfAsync(watcher.Session.AccountId, stop);
        var found = watcher?.Find(id);
        var isPaid = entitlement is not null && await profiles.IsAmongAsync(watcher!.Profile, entitlement.Profiles, stop);
        if (title is not null && (found is null || !isPaid) && await previews.MaySeeAsync(title, http)) return await previews.StartAsync(title, http);
        if (watcher is null) return refusal!.ToResult();
        if (title is null || found is null) return TitleProblems.NotFound.ToResult();
        if (title.Content.AssetId is null) return WatchingProblems.NotPlayed.ToResult();
        if (entitlement is null) return WatchingProblems.SubscriptionRequired.ToResult();
        if (!isPaid) return WatchingProblems.BeyondPlan.ToResult();
        if (request?.Replaces is { } lost) await streams.EndAsync(CallerSession.Of(http).AccountId, lost, CancellationToken.None);
        return await start.StartAsync(watcher, found, title, entitlement, http);
    }
}
