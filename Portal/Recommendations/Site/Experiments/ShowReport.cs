using FlickStream.Portal.Recommendations.Measuring;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

/// <param name="Experiment">That runs; null for none.</param>
/// <param name="Variants">All that were shown in the time, those of an experiment in its order.</param>
/// <param name="Models">All that were made, the latest first, with how they did on titles that they were not trained on.</param>
internal sealed record RecommendationReport(
    DateOnly From, Experiment? Experiment, IReadOnlyList<VariantReport> Variants, IReadOnlyList<TriedModel> Models);

/// <param name="Experiment">Null where none ran.</param>
/// <param name="ClickThroughGained">Beside the first variant of its experiment; null of that one, where that one was shown to too few in the time, and of an
/// experiment that ended before it was kept which was the first.</param>
/// <param name="WatchShareGained">The same.</param>
/// <param name="Rows">What each kind of row did, those that are on most pages first; of pages since rows are kept.</param>
internal sealed record VariantReport(
    string? Experiment, string Variant, VariantFigures Total, Interval? ClickThroughGained, Interval? WatchShareGained, IReadOnlyList<VariantDay> Days,
    IReadOnlyList<RowReport> Rows);

/// <param name="Row">Its kind.</param>
/// <param name="Pages">That had such a row.</param>
/// <param name="ClickThrough">The share of these of which a title of such a row was played; null while there are too few profiles.</param>
internal sealed record RowReport(string Row, int Pages, Interval? ClickThrough);

/// <param name="Pages">That were shown, of each profile one in half an hour.</param>
/// <param name="ClickThrough">The share of pages of which a title was played, with 95 % confidence; null while there are too few profiles.</param>
/// <param name="WatchShare">How much of a title was watched, a page: 0 where none was played.</param>
internal sealed record VariantFigures(int Pages, Interval? ClickThrough, Interval? WatchShare)
{
    public static VariantFigures Of(VariantCount count) =>
        new((int)count.Pages.Sum(), GroupedRatio.Of(count.Followed, count.Pages), GroupedRatio.Of(count.Watched, count.Pages));
}

internal sealed record VariantDay(DateOnly Day, VariantFigures Figures);

/// <summary>GET: how variants and models did over time. A day is in it when all that may follow its pages is over.</summary>
internal static class ShowReport
{
    private const int MostDays = 366;

    public static async Task<Results<Ok<RecommendationReport>, ProblemHttpResult>> HandleAsync(
        ExperimentStore experiments, ExposureDays days, ModelStore models, TimeProvider time, HttpContext http, int lastDays = 30)
    {
        if (lastDays is < 1 or > MostDays) return RecommendationProblems.ReportDaysInvalid.ToResult();
        var from = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date.AddDays(-lastDays), TimeSpan.Zero);
        var experiment = await experiments.ReadAsync(http.RequestAborted);
        var shown = await days.SinceAsync(from, http.RequestAborted);
        var tried = (await models.FindAsync(http.RequestAborted)).Tried.Where(model => model.At >= from).ToList();
        var names = shown.SelectMany(day => day.Variants).Select(count => count.Experiment).OfType<string>().Distinct().ToList();
        var known = await experiments.NamedAsync(names, http.RequestAborted);
        return TypedResults.Ok(new RecommendationReport(DateOf(from), experiment, VariantsOf(shown, experiment?.Name, known), tried));
    }

    /// <param name="days">In order.</param>
    /// <param name="running">Which experiment runs, and comes first.</param>
    /// <param name="known">By its name, how each was set up.</param>
    public static IReadOnlyList<VariantReport> VariantsOf(
        IReadOnlyList<ExposureDay> days, string? running, IReadOnlyDictionary<string, Experiment> known)
    {
        var reports = days.SelectMany(day => day.Variants.Select(count => (day.Day, Count: count)))
            .GroupBy(one => (one.Count.Experiment, one.Count.Variant), (variant, counts) => ReportOf(variant.Experiment, variant.Variant, [.. counts]))
            .OrderBy(report => report.Experiment == running ? 0 : 1).ThenBy(report => report.Experiment, StringComparer.Ordinal)
            .ThenBy(PlaceOf).ThenBy(report => report.Variant, StringComparer.Ordinal).ToList();
        return [.. reports.Select(report => PlaceOf(report) is > 0 and < int.MaxValue ? Compared(report) : report)];

        int PlaceOf(VariantReport report)
        {
            var order = report.Experiment is { } name && known.TryGetValue(name, out var experiment) ? experiment.Variants : [];
            return order.TakeWhile(variant => variant.Name != report.Variant).Count() is var place && place < order.Count ? place : int.MaxValue;
        }

        VariantReport Compared(VariantReport report)
        {
            var first = reports.Find(other => other.Experiment == report.Experiment && PlaceOf(other) == 0)?.Total;
            return report with
            {
                ClickThroughGained = GroupedRatio.Difference(report.Total.ClickThrough, first?.ClickThrough),
                WatchShareGained = GroupedRatio.Difference(report.Total.WatchShare, first?.WatchShare),
            };
        }
    }

    private static VariantReport ReportOf(string? experiment, string variant, IReadOnlyList<(DateTimeOffset Day, VariantCount Count)> days)
    {
        var sum = VariantCount.None(experiment, variant);
        foreach (var (_, count) in days) sum.Add(count);
        return new(experiment, variant, VariantFigures.Of(sum), null, null, [.. days.Select(one => new VariantDay(DateOf(one.Day), VariantFigures.Of(one.Count)))],
            [.. sum.Rows.Select(row => new RowReport(row.Key, (int)row.Value.Pages.Sum(), GroupedRatio.Of(row.Value.Followed, row.Value.Pages)))
                .OrderByDescending(row => row.Pages).ThenBy(row => row.Row, StringComparer.Ordinal)]);
    }

    private static DateOnly DateOf(DateTimeOffset day) => DateOnly.FromDateTime(day.UtcDateTime);
}
