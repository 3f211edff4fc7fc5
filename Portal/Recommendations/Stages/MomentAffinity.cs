using FlickStream.Portal.Recommendations.Interactions;

namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>How much more a title is watched in some circumstances than others are: the logarithm of the ratio, drawn to 0 where little is known.</summary>
/// <param name="values">A row of <see cref="Moment.Count"/> a title.</param>
internal sealed class MomentAffinity(float[] values)
{
    // As if each title had been watched so often besides, as all titles are.
    private const double Prior = 20;

    public float[] Values { get; } = values;

    public static MomentAffinity Of(InteractionTable table)
    {
        var (counts, all) = (new int[table.Titles * Moment.Count], new double[Moment.Count]);
        for (var viewer = 0; viewer < table.Viewers; viewer++)
        {
            var titles = table.TitlesOf(viewer);
            var moments = table.MomentsOf(viewer);
            for (var at = 0; at < titles.Length; at++)
            {
                if (!moments[at].IsKnown) continue;
                counts[(titles[at] * Moment.Count) + moments[at].Code]++;
                all[moments[at].Code]++;
            }
        }

        var (affinities, known) = (new float[counts.Length], Math.Max(1, all.Sum()));
        for (var title = 0; title < table.Titles; title++)
        {
            var cells = counts.AsSpan(title * Moment.Count, Moment.Count);
            var plays = 0;
            foreach (var count in cells) plays += count;
            for (var code = 1; code < Moment.Count; code++)
                if (all[code] / known is > 0 and var share)
                    affinities[(title * Moment.Count) + code] = (float)Math.Log((cells[code] + (Prior * share)) / ((plays + Prior) * share));
        }

        return new(affinities);
    }

    /// <summary>0 where the moment is not known.</summary>
    public float Of(int title, Moment moment) => moment.IsKnown ? Values[(title * Moment.Count) + moment.Code] : 0;
}
