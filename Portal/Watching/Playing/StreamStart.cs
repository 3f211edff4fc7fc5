using FlickStream.Platform.Playback;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Shelves;
using FlickStream.Portal.Watching.Streams;
using FlickStream.Portal.Watching.Tracks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Watching.Playing;

/// <summary>Begins a stream of somebody who may watch the title.</summary>
internal sealed class StreamStart(
    IPlayback playback, TitleMedia media, PlayStore plays, ShelfStore shelves, TrackStore tracks, StreamTokens tokens, AccountStreams streams,
    IOptions<WatchingOptions> options, TimeProvider time)
{
    public async Task<Results<Ok<PlayAnswer>, ProblemHttpResult>> StartAsync(
        Watcher watcher, SeenTitle seen, Title title, Entitlement entitlement, HttpContext http)
    {
        var (stop, profile) = (http.RequestAborted, watcher.Profile);
        var (reading, readingTimes, readingTracks) = (
            ProgressAsync(profile.Id, title.Id, stop), media.OfAsync(title.Content.AssetId!).AsTask(), tracks.ForAsync(profile, seen.WorkId, stop));
        await Task.WhenAll(reading, readingTimes, readingTracks);
        var (progress, times, chosen) = (await reading, await readingTimes, await readingTracks);

        var (markers, position) = (TitleMedia.Merge(title.Content.Markers, times.Markers), progress?.ResumesAt() ?? 0);
        var answer = await playback.GrantAsync(
            new(title.Content.AssetId!, entitlement.MaxHeight, profile.AccountId, entitlement.Streams), http,
            streamId => plays.AddAsync(PlayOf(watcher, seen, streamId, times.DurationSeconds, markers, position), CancellationToken.None));
        if (answer.Grant is not { } grant)
            return answer.Refusal!.Code == PlaybackCodes.StreamLimit ? await streams.LimitAsync(watcher, stop) : PlayRefusals.Of(answer.Refusal);

        var next = watcher.NextAfter(title.Id);
        var offered = next is null ? null : new NextAnswer(next.Id, next.NameIn(watcher.Language), watcher.Find(next.ParentId!)?.Row.Number, next.Number);
        return TypedResults.Ok(new PlayAnswer(
            grant.GrantId, tokens.Seal(grant.GrantId), grant.Hls, grant.Dash, grant.ExpiresAt, grant.HeartbeatSeconds, entitlement.MaxHeight,
            position, times.DurationSeconds, markers.Intro, markers.Credits, offered, profile.Content.Autoplay, chosen));
    }

    private async Task<Progress?> ProgressAsync(string profileId, string titleId, CancellationToken cancellationToken)
    {
        await shelves.CatchUpAsync(profileId, cancellationToken);
        return await shelves.FindAsync(profileId, titleId, cancellationToken);
    }

    private Play PlayOf(Watcher watcher, SeenTitle seen, string streamId, double duration, TitleMarkers markers, double position)
    {
        var now = time.GetUtcNow();
        return new Play
        {
            Id = streamId, AccountId = watcher.Session.AccountId, ProfileId = watcher.Profile.Id, TitleId = seen.Row.Id, Kind = seen.Row.Kind,
            PartOf = seen.PartOf, Device = watcher.Session.Device, StartedAt = now, SeenAt = now, PositionSeconds = position, DurationSeconds = duration,
            FinishesAtSeconds = markers.Credits?.StartSeconds ?? (duration * options.Value.FinishedShare),
        };
    }
}
