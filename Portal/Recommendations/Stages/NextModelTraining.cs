using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>
/// What is watched next, in closed form: the ridge regression of each watched title on those before it, of which one counts
/// <see cref="TrainingOptions.Recency"/> times as much as the one that came after it.
/// </summary>
internal static class NextModelTraining
{
    // 0.8^24 is half a per cent.
    private const int Window = 24;

    public static SparseRows Train(InteractionTable table, Head head, TrainingOptions options, OpenBlas? blas)
    {
        var (before, next) = Moments(table, head, options.Recency);
        for (var row = 0; row < head.Size; row++)
        {
            ref var cell = ref before.Row(row)[row];
            cell += (options.Dropout / (1 - options.Dropout) * cell) + options.NextRegularization;
        }

        var byTarget = new (int, float)[]?[table.Titles];
        before.Divide(next, blas, (target, row) =>
        {
            if (target >= head.Size) return;
            var (weights, spare) = (new float[head.Size], new float[head.Size]);
            for (var source = 0; source < weights.Length; source++) weights[source] = source == target ? 0 : (float)row[source];
            byTarget[head.Titles[target]] = SparseRows.Strongest(weights, options.WeightsPerTitle, spare, head.Titles);
        });
        return SparseRows.OfColumns(byTarget, table.Titles);
    }

    // Sums over all places t of a history, where s(t) is what was watched before it, each title weighted by its own weight and recency^age:
    // s(t)s(t)ᵀ, in which a pair that lies d apart gathers recency^d·(1 + recency² + …) to the end of the history, and (title at t)·s(t)ᵀ.
    private static (SymmetricMatrix Before, SymmetricMatrix Next) Moments(InteractionTable table, Head head, double recency)
    {
        var (before, next, viewers) = (new SymmetricMatrix(head.Size), new SymmetricMatrix(head.Size), table.ByTitle());
        var powers = new double[Window + 1];
        for (var at = 0; at <= Window; at++) powers[at] = Math.Pow(recency, at);
        var gathered = GatheredOver(table, recency);
        Parallel.For(0, head.Size, place =>
        {
            var rowBefore = before.Row(place);
            var rowNext = next.Row(place);
            var title = head.Titles[place];
            foreach (var viewer in viewers.TitlesOf(title))
            {
                var titles = table.TitlesOf(viewer);
                var weights = table.WeightsOf(viewer);
                var here = titles.IndexOf(title);
                for (var other = Math.Max(0, here - Window); other < Math.Min(titles.Length, here + Window + 1); other++)
                {
                    if (head.PlaceOf(titles[other]) is not (>= 0 and var column)) continue;
                    if (other < here) rowNext[column] += weights[other] * powers[here - other - 1];
                    if (column > place) continue;
                    rowBefore[column] += weights[here] * weights[other] * powers[Math.Abs(here - other)] * gathered[titles.Length - 1 - Math.Max(here, other)];
                }
            }
        });
        return (before, next);
    }

    // 1 + recency² + recency⁴ …, by the number of places that follow.
    private static double[] GatheredOver(InteractionTable table, double recency)
    {
        var longest = 0;
        for (var viewer = 0; viewer < table.Viewers; viewer++) longest = Math.Max(longest, table.TitlesOf(viewer).Length);
        var gathered = new double[longest + 1];
        for (var places = 0; places < longest; places++) gathered[places + 1] = 1 + (recency * recency * gathered[places]);
        return gathered;
    }
}
