using FlickStream.Platform.Playback;
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
internal sealed class AccountStreams(IPlayback playback, PlayStore plays, ShelfStore shelves, ProfileStore profiles)
{
    public async Task<StreamList> ListAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        var names = (await profiles.ReadAsync(watcher.Session.AccountId, cancellationToken)).ToDictionary(profile => profile.Id, profile => profile.Content.Name);
        var streams = new List<StreamAnswer>();
        foreach (var id in await playback.PlayingAsync(watcher.Session.AccountId, cancellationToken))
        {
            var play = await plays.GetAsync(id, cancellationToken);
            var title = play is null ? null : watcher.Find(play.TitleId)?.Row;
            streams.Add(new(
                id, title?.Id, title?.NameIn(watcher.Language), play is null ? null : names.GetValueOrDefault(play.ProfileId), play?.Device ?? "", play?.StartedAt,
                play?.PositionSeconds ?? 0));
        }

        return new([.. streams.OrderBy(stream => stream.StartedAt)]);
    }

    /// <summary>That no more streams may play, and which do.</summary>
    public async Task<ProblemHttpResult> LimitAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        var problem = WatchingProblems.StreamLimit;
        var streams = await ListAsync(watcher, cancellationToken);
        return TypedResults.Problem(
            statusCode: problem.Status, title: problem.Sentence, extensions: [new("code", problem.Code), new("streams", streams.Items)]);
    }

    /// <returns>False when the account has no such stream.</returns>
    public async Task<bool> EndAsync(string accountId, string id, CancellationToken cancellationToken)
    {
        var play = await plays.GetAsync(id, cancellationToken);
        // One whose history was deleted is known to the origin alone.
        var isOwn = play is null ? (await playback.PlayingAsync(accountId, cancellationToken)).Contains(id) : play.AccountId == accountId;
        if (!isOwn) return false;
        if (play is not null) await shelves.EndAsync(play, cancellationToken);
        return await playback.EndAsync(id, cancellationToken);
    }

    /// <summary>Ends all that plays, of one profile or of all.</summary>
    public async Task EndAllAsync(string accountId, string? profileId, CancellationToken cancellationToken)
    {
        // One that is silent holds no place, but might come back.
        var ids = (await playback.PlayingAsync(accountId, cancellationToken)).ToHashSet();
        await foreach (var play in plays.OfAccountAsync(accountId, cancellationToken))
        {
            if (profileId is not null && play.Value.ProfileId != profileId) ids.Remove(play.Id);
            else if (!play.Value.IsOver) ids.Add(play.Id);
        }

        foreach (var id in ids) await playback.EndAsync(id, cancellationToken);
    }
}
