using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>
/// Item-to-item weights in closed form: the linear model that best restores histories of which each title is dropped with a given chance
/// (Steck, "Autoencoders that don't overfit towards the identity", NeurIPS 2020). With G = XᵀX and P = (G + dropout/(1-dropout)·diag G + λ)⁻¹
/// the weight of i for j is -P[i,j] / P[j,j].
/// </summary>
internal static class ItemModelTraining
{
    // Of a longer history only the latest counts: pairs grow with its square.
    private const int LongestHistory = 1000;

    public static SparseRows Train(InteractionTable table, Head head, TrainingOptions options, OpenBlas? blas)
    {
        var matrix = Gram(table, head);
        for (var row = 0; row < head.Size; row++)
        {
            ref var cell = ref matrix.Row(row)[row];
            cell += (options.Dropout / (1 - options.Dropout) * cell) + options.ItemRegularization;
        }

        matrix.Invert(blas);
        var byTarget = new (int, float)[]?[table.Titles];
        Parallel.For(0, head.Size, () => new float[2 * head.Size], (target, _, spare) =>
        {
            var row = matrix.Row(target);
            var weights = spare.AsSpan(0, head.Size);
            for (var source = 0; source < weights.Length; source++) weights[source] = source == target ? 0 : (float)(-row[source] / row[target]);
            byTarget[head.Titles[target]] = SparseRows.Strongest(weights, options.WeightsPerTitle, spare.AsSpan(head.Size), head.Titles);
            return spare;
        }, _ => { });
        return SparseRows.OfColumns(byTarget, table.Titles);
    }

    // A row a title and one thread a row, so that what is added to stays in the cache.
    private static SymmetricMatrix Gram(InteractionTable table, Head head)
    {
        var (matrix, viewers, histories) = (new SymmetricMatrix(head.Size), table.ByTitle(), ByPlace(table, head));
        Parallel.For(0, head.Size, place =>
        {
            var row = matrix.Row(place);
            var title = head.Titles[place];
            var watchers = viewers.TitlesOf(title);
            var shares = viewers.WeightsOf(title);
            for (var at = 0; at < watchers.Length; at++)
            {
                var columns = histories.TitlesOf(watchers[at]);
                var weights = histories.WeightsOf(watchers[at]);
                for (var other = 0; other < columns.Length && columns[other] <= place; other++) row[columns[other]] += shares[at] * weights[other];
            }
        });
        return matrix;
    }

    // Each history as places in the head, the first ones first: of a pair, which the later one's row counts, nothing is looked at twice.
    private static InteractionTable ByPlace(InteractionTable table, Head head)
    {
        var rows = new History[table.Viewers];
        Parallel.For(0, rows.Length, viewer =>
        {
            var history = table.Of(viewer).Last(LongestHistory);
            var (places, weights) = (Array.ConvertAll(history.Titles.ToArray(), head.PlaceOf), history.Weights.ToArray());
            Array.Sort(places, weights);
            var tail = places.AsSpan().LastIndexOf(-1) + 1;
            rows[viewer] = new(places.AsMemory(tail), weights.AsMemory(tail));
        });
        return InteractionTable.Of(head.Size, rows);
    }
}
