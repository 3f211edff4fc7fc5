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
        var account = CallerSession.Of(http).AccountId;
        var (readingTitle, readingPlan, readingProfiles) = (
            titles.ReadAsync(id, stop), entitlements.OfAsync(account, stop).AsTask(), profiles.ReadAsync(account, stop));
        await Task.WhenAll(readingTitle, readingPlan, readingProfiles);
        var (title, entitlement) = (await readingTitle, await readingPlan);
        // After the title was read, so that what another process wrote a moment ago counts.
        var (watcher, refusal) = await seen.WatcherAsync(http);
        var found = watcher?.Find(id);
        var isPaid = watcher is not null && entitlement is not null && watcher.Profile.IsAmong(await readingProfiles, entitlement.Profiles);
        if (title is not null && (found is null || !isPaid) && await previews.MaySeeAsync(title, http)) return await previews.StartAsync(title, http);
        if (watcher is null) return refusal!.ToResult();
        if (title is null || found is null) return TitleProblems.NotFound.ToResult();
        if (title.Content.AssetId is null) return WatchingProblems.NotPlayed.ToResult();
        if (entitlement is null) return WatchingProblems.SubscriptionRequired.ToResult();
        if (!isPaid) return WatchingProblems.BeyondPlan.ToResult();
        if (request?.Replaces is { } lost) await streams.EndAsync(account, lost, CancellationToken.None);
        return await start.StartAsync(watcher, found, title, entitlement, http);
    }
}
