using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Plays;
using Microsoft.Extensions.Options;
using Quartz;

namespace FlickStream.Portal.Watching.Popularity;

/// <summary>
/// Counts what was watched since the last time, for the title and for the season and series it belongs to; an account counts once an hour and
/// title. Every node may run it, and twice: each title keeps until when it was counted. What it costs grows with what is watched, not with the
/// library.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class PopularityCount(IDocuments documents, PlayStore plays, TitleStore titles, IOptions<WatchingOptions> options, TimeProvider time) : IJob
{
    // Whoever only looked in says nothing.
    private const double LeastShare = 0.02;

    // How far clocks of processes may differ, and how long a write may take.
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Slice = TimeSpan.FromHours(1);

    private readonly IDocumentSet<PopularityMark> _marks = documents.Set(PopularityMark.Schema);

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(CountAsync(cancellationToken));

    public async Task CountAsync(CancellationToken cancellationToken)
    {
        var (until, halfLife) = (time.GetUtcNow() - Lag, options.Value.PopularityHalfLife);
        var mark = (await _marks.GetAsync(PopularityMark.Id, cancellationToken))?.Value;
        if (mark is not null && mark.HalfLife != halfLife) await RescaleAsync(halfLife, cancellationToken);
        var counted = mark?.Until ?? DateTimeOffset.UnixEpoch;
        while (await FirstAfterAsync(counted, until, cancellationToken) is { } first)
        {
            var end = first + Slice < until ? first + Slice : until;
            await CountAsync(counted, end, halfLife, cancellationToken);
            await MarkAsync(counted = end, halfLife, cancellationToken);
        }

        if (mark?.HalfLife != halfLife) await MarkAsync(counted, halfLife, cancellationToken);
    }

    private async Task CountAsync(DateTimeOffset after, DateTimeOffset end, TimeSpan halfLife, CancellationToken cancellationToken)
    {
        var watched = new Dictionary<string, Dictionary<string, Play>>(StringComparer.Ordinal);
        await foreach (var (_, _, play) in plays.ClosedAsync(after, end, cancellationToken))
        {
            if (play.WatchedShare < LeastShare) continue;
            foreach (var title in play.PartOf.Prepend(play.TitleId))
            {
                if (!watched.TryGetValue(title, out var byAccount)) watched[title] = byAccount = new(StringComparer.Ordinal);
                if (!(byAccount.GetValueOrDefault(play.AccountId)?.WatchedShare >= play.WatchedShare)) byAccount[play.AccountId] = play;
            }
        }

        foreach (var (title, byAccount) in watched)
            await titles.ChangeAsync(title, now => new(Counted(now, byAccount.Values, end, halfLife), null), cancellationToken);
    }

    private Title Counted(Title title, IEnumerable<Play> watched, DateTimeOffset end, TimeSpan halfLife)
    {
        title = Rescaled(title, halfLife);
        var since = title.Counted?.Until ?? DateTimeOffset.MinValue;
        if (since >= end) return title;
        var popularity = watched.Where(play => play.ClosedAt > since)
            .Aggregate(title.Popularity, (sum, play) => PopularityScale.With(sum, play.WatchedShare, play.ClosedAt!.Value, halfLife));
        return title with { Popularity = popularity, Counted = new(end, halfLife) };
    }

    private async Task RescaleAsync(TimeSpan halfLife, CancellationToken cancellationToken)
    {
        await foreach (var title in titles.EveryAsync(cancellationToken))
            if (title.Value.Counted is { } count && count.HalfLife != halfLife)
                await titles.ChangeAsync(title.Id, now => new(Rescaled(now, halfLife), null), cancellationToken);
    }

    private Title Rescaled(Title title, TimeSpan halfLife) => title.Counted is not { } count || count.HalfLife == halfLife ? title : title with
    {
        Popularity = PopularityScale.Rescaled(title.Popularity, time.GetUtcNow(), count.HalfLife, halfLife), Counted = count with { HalfLife = halfLife },
    };

    private async Task<DateTimeOffset?> FirstAfterAsync(DateTimeOffset after, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await foreach (var play in plays.ClosedAsync(after, until, cancellationToken)) return play.Value.ClosedAt;
        return null;
    }

    private async Task MarkAsync(DateTimeOffset until, TimeSpan halfLife, CancellationToken cancellationToken)
    {
        var mark = new PopularityMark(until, halfLife);
        while (await _marks.UpdateAsync(PopularityMark.Id, known => known.Until > until || known == mark ? null : mark, cancellationToken) is null)
            if (await _marks.InsertAsync(PopularityMark.Id, mark, cancellationToken) is not null) return;
    }
}
