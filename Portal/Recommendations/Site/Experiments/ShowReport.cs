using FlickStream.Portal.Recommendations.Measuring;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

/// <param name="Experiment">That runs; null for none.</param>
/// <param name="Variants">All that were shown in the time, those of an experiment in its order while it runs.</param>
/// <param name="Models">All that were made, the latest first, with how they did on titles that they were not trained on.</param>
internal sealed record RecommendationReport(
    DateOnly From, Experiment? Experiment, IReadOnlyList<VariantReport> Variants, IReadOnlyList<TriedModel> Models);

/// <param name="Experiment">Null where none ran.</param>
/// <param name="ClickThroughGained">Beside the first variant of its experiment; null of that one.</param>
/// <param name="WatchShareGained">The same.</param>
internal sealed record VariantReport(
    string? Experiment, string Variant, VariantFigures Total, Interval? ClickThroughGained, Interval? WatchShareGained, IReadOnlyList<VariantDay> Days);

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
        return TypedResults.Ok(new RecommendationReport(DateOf(from), experiment, VariantsOf(shown, experiment), tried));
    }

    private static List<VariantReport> VariantsOf(IReadOnlyList<ExposureDay> days, Experiment? experiment)
    {
        var order = experiment?.Variants.Select(variant => variant.Name).ToList() ?? [];
        var variants = days.SelectMany(day => day.Variants.Select(count => (day.Day, Count: count))).GroupBy(one => (one.Count.Experiment, one.Count.Variant))
            .OrderBy(group => group.Key.Experiment == experiment?.Name ? 0 : 1).ThenBy(group => group.Key.Experiment, StringComparer.Ordinal)
            .ThenBy(group => order.IndexOf(group.Key.Variant)).ThenBy(group => group.Key.Variant, StringComparer.Ordinal).ToList();
        var (reports, first) = (new List<VariantReport>(), default(VariantReport));
        foreach (var variant in variants)
        {
            var sum = VariantCount.None(variant.Key.Experiment, variant.Key.Variant);
            foreach (var (_, count) in variant) sum.Add(count);
            var total = VariantFigures.Of(sum);
            var control = first?.Experiment == sum.Experiment ? first?.Total : null;
            var report = new VariantReport(
                sum.Experiment, sum.Variant, total, GroupedRatio.Difference(total.ClickThrough, control?.ClickThrough),
                GroupedRatio.Difference(total.WatchShare, control?.WatchShare), [.. variant.Select(one => new VariantDay(DateOf(one.Day), VariantFigures.Of(one.Count)))]);
            if (first is null || first.Experiment != report.Experiment) first = report;
            reports.Add(report);
        }

        return reports;
    }

    private static DateOnly DateOf(DateTimeOffset day) => DateOnly.FromDateTime(day.UtcDateTime);
}
