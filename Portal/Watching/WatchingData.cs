using FlickStream.Platform.Problems;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Watching.Lists;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Shelves;
using FlickStream.Portal.Watching.Streams;
using FlickStream.Portal.Watching.Tracks;
using FlickStream.Portal.Watching.Watchlists;

namespace FlickStream.Portal.Watching;

/// <summary>What the profiles of an account watched, want to watch, and how.</summary>
internal sealed class WatchingData(PlayStore plays, ShelfStore shelves, WatchlistStore watchlists, ListStore lists, TrackStore tracks, AccountStreams streams)
    : IPersonalData, IProfileData
{
    public string Section => "watching";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken) => new
    {
        Plays = await plays.OfAccountAsync(accountId, cancellationToken)
            .Select(play => new PlayedOnce(
                play.Value.ProfileId, play.Value.TitleId, play.Value.Device, play.Value.StartedAt, play.Value.SeenAt, play.Value.PositionSeconds, play.Value.WatchedSeconds))
            .ToListAsync(cancellationToken),
        History = await shelves.OfAccountAsync(accountId, cancellationToken)
            .Select(progress => new { progress.Value.ProfileId, Item = HistoryItem.Of(progress.Value, null) }).ToListAsync(cancellationToken),
        Watchlists = (await watchlists.OfAccountAsync(accountId, cancellationToken)).Select(list => new { ProfileId = list.Id, list.Value.Titles }).ToList(),
        Lists = await lists.OfAsync("account", accountId, cancellationToken)
            .Select(list => new { list.Value.ProfileId, list.Value.Id, list.Value.Name, list.Value.Titles, list.Value.CreatedAt }).ToListAsync(cancellationToken),
        Tracks = (await tracks.OfAccountAsync(accountId, cancellationToken)).Select(choices => new { choices.Last, choices.Works }).ToList(),
    };

    private sealed record PlayedOnce(
        string ProfileId, string TitleId, string Device, DateTimeOffset StartedAt, DateTimeOffset SeenAt, double PositionSeconds, double WatchedSeconds);

    public async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        Confirmed(await streams.EndAllAsync(accountId, cancellationToken));
        await shelves.ForgetAllAsync(accountId, null, cancellationToken);
        await watchlists.DeleteAllAsync(accountId, cancellationToken);
        await lists.DeleteAllAsync("account", accountId, cancellationToken);
        await tracks.DeleteAllAsync(accountId, cancellationToken);
    }

    public async Task DeleteProfileAsync(string accountId, string profileId, CancellationToken cancellationToken)
    {
        Confirmed(await streams.EndOfProfileAsync(accountId, profileId, cancellationToken));
        await shelves.ForgetAllAsync(accountId, profileId, cancellationToken);
        await watchlists.DeleteAsync(profileId, cancellationToken);
        await lists.DeleteAllAsync("profile", profileId, cancellationToken);
        await tracks.DeleteAsync(profileId, cancellationToken);
    }

    // Without its account or profile nobody would know any more what is to be ended.
    private static void Confirmed(Problem? refusal)
    {
        if (refusal is not null) throw new IOException($"The origin has not confirmed that the streams are ended: {refusal.Code}.");
    }
}
