using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using FlickStream.Portal.Catalog;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Notifications.Follows;
using FlickStream.Portal.Profiles;
using Microsoft.Extensions.Options;
using Quartz;

namespace FlickStream.Portal.Notifications.News;

/// <summary>Tells profiles of new titles that they may see, by what they follow. Every node may run it, twice and after a long pause: who was told is
/// known by each notification's key, and a title that all were told of by its <see cref="ToldRelease"/>.</summary>
[DisallowConcurrentExecution]
internal sealed class ReleaseNews(
    IDocuments documents, CatalogIndex index, FollowStore follows, ProfileStore profiles, Notifier notifier, NotificationStore notifications, ILeases leases,
    IOptions<CatalogOptions> catalog, IOptions<NotificationOptions> options, TimeProvider time) : IJob
{
    // Two nodes at once would do no harm, but all the work twice.
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    private readonly IDocumentSet<ToldRelease> _told = documents.Set(ToldRelease.Schema);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await using var lease = await HeldLease.TryTakeAsync(leases, "release-news", LeaseTime, time, cancellationToken: cancellationToken);
        if (lease is not null) await TellAsync(cancellationToken);
    }

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var (now, region) = (time.GetUtcNow(), catalog.Value.Region);
        var after = now - options.Value.ReleaseLookBack;
        var view = (await index.NowAsync(cancellationToken)).ViewOf(region, now);
        foreach (var release in await UntoldAsync(view, region, after, now, cancellationToken))
        {
            foreach (var target in release.ByTarget())
            {
                await foreach (var follow in follows.OfTargetAsync(target.Key, cancellationToken))
                    await TellAsync(follow.Value, release, [.. target], view, cancellationToken);
            }

            foreach (var title in release.Titles) await _told.InsertAsync(title.Id, new(title.SeenSince), cancellationToken);
        }

        await _told.DeleteAllAsync(
            new() { Filters = [DocumentFilter.AtMost("seen", now - options.Value.Memory)], Sort = [new("seen")], Limit = 500 }, cancellationToken);
    }

    private async Task TellAsync(Follow follow, Release release, IReadOnlyList<ReleasedTitle> titles, CatalogView view, CancellationToken cancellationToken)
    {
        if (await profiles.GetAsync(follow.AccountId, follow.ProfileId, cancellationToken) is not { } profile) return;
        var allowed = view.UpTo(profile.Content.MaximumAge ?? CatalogView.Oldest);
        List<string> ids = [.. titles.Where(title => allowed.Has(title.Row)).Select(title => title.Id)];
        if (ids.Count == 0) return;
        for (var part = 1; ids.Count > 0; part++)
        {
            var about = new About { WorkId = release.WorkId, TitleIds = ids, Followed = Follow.TargetOf(follow.Type, follow.TargetId) };
            var notice = new Notice(follow.AccountId, profile, NotificationKind.NewRelease, release.KeyOf(part), about);
            if (await notifier.TellAsync(notice, cancellationToken)) return;

            // Told already, of others of that day: what came since is added, or told anew where that would not be noticed.
            if (await notifications.ChangeAsync(notice.Id, With, cancellationToken) is not { } known) return;
            ids = [.. ids.Except(known.About.TitleIds!)];
        }

        Notification? With(Notification known)
        {
            List<string> more = [.. ids.Except(known.About.TitleIds!)];
            return more.Count == 0 || !known.IsOpen ? null
                : known with { CreatedAt = time.GetUtcNow(), About = known.About with { TitleIds = [.. known.About.TitleIds!, .. more] } };
        }
    }

    private async Task<IReadOnlyList<Release>> UntoldAsync(
        CatalogView view, string? region, DateTimeOffset after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var recent = new DocumentQuery { Filters = [DocumentFilter.AtLeast("seen", after)], Sort = [new("seen")], Limit = 1000 };
        var told = await _told.QueryAllAsync(recent, cancellationToken).Select(one => one.Id).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        var found = Release.Find(view, region, after, now, told);
        // Of what was told long ago and has other windows now.
        foreach (var title in found.SelectMany(release => release.Titles))
            if (await _told.GetAsync(title.Id, cancellationToken) is not null) told.Add(title.Id);
        return Release.Find(view, region, after, now, told);
    }
}
