using FlickStream.Platform.Leases;
using FlickStream.Portal.Features;
using FlickStream.Portal.Watching.Plays;
using Microsoft.Extensions.Options;
using Quartz;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

/// <summary>Counts what came of each day's pages once that is known, and forgets the pages when their time is over. One node does it.</summary>
[DisallowConcurrentExecution]
internal sealed class CountExposures(
    ExposureStore exposures, ExposureDays days, PlayStore plays, ILeases leases, IOptions<RecommendationOptions> options, TimeProvider time) : IJob
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(2), OneDay = TimeSpan.FromDays(1);

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(CountAsync(cancellationToken));

    public async Task CountAsync(CancellationToken cancellationToken)
    {
        await using var lease = await HeldLease.TryTakeAsync(leases, "recommendations:count", LeaseDuration, time, cancellationToken: cancellationToken);
        if (lease is null) return;
        var now = time.GetUtcNow();
        var kept = now - options.Value.ExposuresKept;
        // What is played last in time is then over, too.
        var last = DayOf(now - options.Value.FollowedWithin - OneDay);
        var known = (await days.SinceAsync(kept, cancellationToken)).Select(day => day.Day).ToHashSet();
        for (var day = DayOf(kept) + OneDay; day < last; day += OneDay)
            if (!known.Contains(day) && await CountAsync(day, cancellationToken) is { Variants.Count: > 0 } counted) await days.AddAsync(counted, cancellationToken);
        await exposures.ForgetAsync(kept, cancellationToken);
    }

    private async Task<ExposureDay> CountAsync(DateTimeOffset day, CancellationToken cancellationToken)
    {
        var (profiles, counts) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<(string?, string), VariantCount>());
        await foreach (var (_, _, shown) in exposures.BetweenAsync(day, day + OneDay, cancellationToken))
        {
            if (!profiles.Add(shown.ProfileId)) continue;
            var until = day + OneDay + options.Value.FollowedWithin;
            var pages = await exposures.OfProfileAsync(shown.ProfileId, day, until, cancellationToken).Select(page => page.Value).ToListAsync(cancellationToken);
            var outcomes = PageOutcome.Of(
                pages, await plays.StartedAsync(shown.AccountId, shown.ProfileId, day, until, cancellationToken).Select(play => play.Value).ToListAsync(cancellationToken),
                options.Value.FollowedWithin);
            var group = (int)(FeatureRule.SideOf("exposure groups", shown.ProfileId) * VariantCount.Groups / 100);
            for (var at = 0; at < pages.Count; at++)
            {
                if (pages[at].At >= day + OneDay) continue;
                var (experiment, variant) = (pages[at].Experiment, pages[at].Variant);
                if (!counts.TryGetValue((experiment, variant), out var count)) counts[(experiment, variant)] = count = VariantCount.None(experiment, variant);
                count.Add(group, pages[at], outcomes[at]);
            }
        }

        return new() { Day = day, Variants = [.. counts.Values] };
    }

    private static DateTimeOffset DayOf(DateTimeOffset moment) => new(moment.UtcDateTime.Date, TimeSpan.Zero);
}
