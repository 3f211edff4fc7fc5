using FlickStream.Platform.Playback;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Shelves;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Streams;

/// <param name="TitleId">Null, as the name is, where the profile that asks does not see the title.</param>
/// <param name="Title">Its name.</param>
/// <param name="Profile">The name of the one that watches.</param>
/// <param name="Device">What it was started with, as its browser calls itself.</param>
internal sealed record StreamAnswer(string Id, string? TitleId, string? Title, string? Profile, string Device, DateTimeOffset? StartedAt, double PositionSeconds);

internal sealed record StreamList(IReadOnlyList<StreamAnswer> Items);

/// <summary>What plays on an account, by whichever profile. The origin knows which streams hold places, the portal what they are.</summary>
internal sealed class AccountStreams(IPlayback playback, PlayStore plays, ShelfStore shelves, ProfileStore profiles) : IStreamEnd
{
    /// <returns>The list, or why the origin did not tell it.</returns>
    public async Task<(StreamList? List, Problem? Refusal)> ListAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        var names = (await profiles.ReadAsync(watcher.Session.AccountId, cancellationToken)).ToDictionary(profile => profile.Id, profile => profile.Content.Name);
        var playing = await playback.PlayingAsync(watcher.Session.AccountId, cancellationToken);
        if (playing.GrantIds is not { } ids) return (null, playing.Refusal);
        var streams = new List<StreamAnswer>();
        foreach (var id in ids)
        {
            var play = await plays.GetAsync(id, cancellationToken);
            var title = play is null ? null : watcher.Find(play.TitleId)?.Row;
            streams.Add(new(
                id, title?.Id, title?.NameIn(watcher.Language), play is null ? null : names.GetValueOrDefault(play.ProfileId), play?.Device ?? "", play?.StartedAt,
                play?.PositionSeconds ?? 0));
        }

        return (new([.. streams.OrderBy(stream => stream.StartedAt)]), null);
    }

    /// <summary>That no more streams may play, and which do.</summary>
    public async Task<ProblemHttpResult> LimitAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        var problem = WatchingProblems.StreamLimit;
        var (streams, refusal) = await ListAsync(watcher, cancellationToken);
        return streams is null ? refusal!.ToResult() : TypedResults.Problem(
            statusCode: problem.Status, title: problem.Sentence, extensions: [new("code", problem.Code), new("streams", streams.Items)]);
    }

    /// <returns>Null, or why it is not known to be ended: the account has no such stream, or the origin does not answer.</returns>
    public async Task<Problem?> EndAsync(string accountId, string id, CancellationToken cancellationToken)
    {
        var play = await plays.GetAsync(id, cancellationToken);
        if (play is null)
        {
            // One whose history was deleted is known to the origin alone.
            var playing = await playback.PlayingAsync(accountId, cancellationToken);
            if (playing.GrantIds is not { } ids) return playing.Refusal;
            if (!ids.Contains(id)) return WatchingProblems.StreamNotFound;
        }
        else if (play.AccountId != accountId)
        {
            return WatchingProblems.StreamNotFound;
        }

        // While it is not known to be ended it is not over either: by that it is found when its profile goes.
        var refusal = await playback.EndAsync(id, cancellationToken);
        if (refusal is not null && refusal.Code != PlaybackCodes.GrantNotFound) return refusal;
        if (play is not null) await shelves.EndAsync(play, cancellationToken);
        return refusal is null ? null : WatchingProblems.StreamNotFound;
    }

    /// <summary>Previews too.</summary>
    public Task<Problem?> EndAllAsync(string accountId, CancellationToken cancellationToken) => playback.EndAllAsync(accountId, cancellationToken);

    /// <summary>Ends all that one profile of the account plays.</summary>
    /// <returns>Null once the origin has confirmed it; else why it did not.</returns>
    public async Task<Problem?> EndOfProfileAsync(string accountId, string profileId, CancellationToken cancellationToken)
    {
        var playing = await playback.PlayingAsync(accountId, cancellationToken);
        if (playing.GrantIds is not { } held) return playing.Refusal;
        // One is silent and holds no place, but might come back; of another the history was deleted.
        var ids = held.ToHashSet();
        await foreach (var play in plays.OfAccountAsync(accountId, cancellationToken))
        {
            if (play.Value.ProfileId != profileId) ids.Remove(play.Id);
            else if (!play.Value.IsOver) ids.Add(play.Id);
        }

        foreach (var id in ids)
            if (await playback.EndAsync(id, cancellationToken) is { } refusal && refusal.Code != PlaybackCodes.GrantNotFound) return refusal;
        return null;
    }
}
