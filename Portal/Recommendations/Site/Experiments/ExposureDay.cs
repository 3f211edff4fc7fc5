using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

/// <summary>What came of all pages of one day (UTC). It tells of nobody. Id: <c>yyyy-MM-dd</c>.</summary>
[ImmutableObject(true)]
internal sealed record ExposureDay
{
    public static readonly DocumentSchema<ExposureDay> Schema = new DocumentSchema<ExposureDay>("recommendation_days").Field("day", d => d.Day).Index("day");

    public required DateTimeOffset Day { get; init; }

    public required IReadOnlyList<VariantCount> Variants { get; init; }
}

/// <summary>Profiles are put into <see cref="Groups"/> groups by hash, always the same: how much the groups differ says how sure a figure is, though
/// the pages of one profile are alike.</summary>
/// <param name="Experiment">Null where none ran.</param>
/// <param name="Variant">Of it.</param>
/// <param name="Pages">Of each group.</param>
/// <param name="Followed">Pages of which something was played.</param>
/// <param name="Watched">The shares that were watched of that, one a page.</param>
internal sealed record VariantCount(string? Experiment, string Variant, double[] Pages, double[] Followed, double[] Watched)
{
    public const int Groups = 32;

    public static VariantCount None(string? experiment, string variant) => new(experiment, variant, new double[Groups], new double[Groups], new double[Groups]);

    /// <summary>By the kind of row; none of days that were counted before rows were kept.</summary>
    public Dictionary<string, RowCount> Rows { get; init; } = [];

    public void Add(int group, Exposure page, PageOutcome outcome)
    {
        Pages[group]++;
        foreach (var kind in page.Rows.Select(row => row.Kind).Distinct()) RowOf(kind).Pages[group]++;
        if (!outcome.IsFollowed) return;
        Followed[group]++;
        Watched[group] += outcome.WatchedShare;
        foreach (var kind in outcome.FollowedRows) RowOf(kind).Followed[group]++;
    }

    public void Add(VariantCount other)
    {
        Add(Pages, other.Pages);
        Add(Followed, other.Followed);
        Add(Watched, other.Watched);
        foreach (var (kind, row) in other.Rows)
        {
            Add(RowOf(kind).Pages, row.Pages);
            Add(RowOf(kind).Followed, row.Followed);
        }
    }

    private RowCount RowOf(string kind)
    {
        if (!Rows.TryGetValue(kind, out var row)) Rows[kind] = row = new(new double[Groups], new double[Groups]);
        return row;
    }

    private static void Add(double[] sum, double[] others)
    {
        for (var group = 0; group < Groups; group++) sum[group] += others[group];
    }
}

/// <param name="Pages">Of each group, that had such a row.</param>
/// <param name="Followed">Of these, those of which a title of such a row was played.</param>
internal sealed record RowCount(double[] Pages, double[] Followed);
