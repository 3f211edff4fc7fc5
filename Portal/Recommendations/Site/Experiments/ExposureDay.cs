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

    public void Add(int group, PageOutcome outcome)
    {
        Pages[group]++;
        if (!outcome.IsFollowed) return;
        Followed[group]++;
        Watched[group] += outcome.WatchedShare;
    }

    public void Add(VariantCount other)
    {
        for (var group = 0; group < Groups; group++)
        {
            Pages[group] += other.Pages[group];
            Followed[group] += other.Followed[group];
            Watched[group] += other.Watched[group];
        }
    }
}
