using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using FlickStream.Portal.Catalog;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Notifications.Follows;
using Microsoft.Extensions.Options;
using Quartz;

namespace FlickStream.Portal.Notifications.News;

/// <summary>Tells profiles of new titles that they may see, by what they follow. Every node may run it, twice and after a long pause: who was told is
/// known by each notification's key, and a title that all were told of by its <see cref="ToldRelease"/>.</summary>
[DisallowConcurrentExecution]
internal sealed class ReleaseNews(
    IDocuments documents, CatalogIndex index, FollowStore follows, ReleaseTeller teller, ILeases leases, IOptions<CatalogOptions> catalog,
    IOptions<NotificationOptions> options, TimeProvider time, ILogger<ReleaseNews> log) : IJob
{
    private const int FollowersAtOnce = 500;

    // Their writes share commits; more would take the documents from those who watch.
    private const int SideBySide = 16;

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
            if (!await TellAsync(release, view, cancellationToken)) continue;
            foreach (var title in release.Titles) await _told.InsertAsync(title.Id, new(title.SeenSince), cancellationToken);
        }

        await _told.DeleteAllAsync(
            new() { Filters = [DocumentFilter.AtMost("seen", now - options.Value.Memory)], Sort = [new("seen")], Limit = 500 }, cancellationToken);
    }

    /// <summary>False where somebody could not be told.</summary>
    private async Task<bool> TellAsync(Release release, CatalogView view, CancellationToken cancellationToken)
    {
        var isWhole = true;
        foreach (var target in release.ByTarget())
            await foreach (var some in follows.OfTargetAsync(target.Key, cancellationToken).Chunk(FollowersAtOnce).WithCancellation(cancellationToken))
                isWhole &= await TellAsync(some, release, [.. target], view, cancellationToken);
        return isWhole;
    }

    private async Task<bool> TellAsync(
        Stored<Follow>[] some, Release release, IReadOnlyList<ReleasedTitle> titles, CatalogView view, CancellationToken cancellationToken)
    {
        var failed = 0;
        // Of one account one after the other: how much it was told decides how it is told more.
        var accounts = some.GroupBy(follow => follow.Value.AccountId);
        await Parallel.ForEachAsync(accounts, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken }, async (account, stop) =>
        {
            foreach (var (id, _, follow) in account)
            {
                try
                {
                    await teller.TellAsync(follow, release, titles, view, stop);
                }
                catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
                {
                    // One who cannot be told now must not keep the others; the next run tries again.
                    log.LogError(fault, "Who follows by {Follow} could not be told of {Work}.", id, release.WorkId);
                    Interlocked.Increment(ref failed);
                }
            }
        });
        return failed == 0;
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
