using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Content;

/// <summary>
/// How much each word, person, genre and tag tells of who watches a title, learned from the factors of the titles that have it: how alike they are,
/// on average of all pairs, beyond what any two titles are. Noise has 0 on average, however rare it is. What few titles have is drawn to the mean of
/// its field, as much as that field's features are alike (empirical Bayes). Compare Cella and others, "Deriving item features relevance from
/// collaborative domain knowledge" (KaRS 2018).
/// </summary>
internal static class FeatureWeights
{
    // Where a field's features seem to be all alike: none counts by itself until so many pairs say otherwise.
    private const double MostHalf = 1e4;

    /// <param name="factors">A row of <paramref name="width"/> a title.</param>
    /// <param name="shares">How far the factors of each title are to be trusted, 0 for not at all.</param>
    /// <returns>Of each feature, 0 and more: the standard deviation of what having it adds to a title's factors.</returns>
    public static float[] Of(ContentFeatures content, float[] factors, float[] shares, int width)
    {
        var (byFeature, centred) = (content.Rows.Transposed(), Centred(factors, shares, width));
        var measured = new Measured[byFeature.Rows];
        Parallel.For(0, measured.Length, () => new float[width], (feature, _, sum) =>
        {
            measured[feature] = Measured.Of(byFeature.ColumnsOf(feature), centred, shares, width, sum);
            return sum;
        }, _ => { });
        var noise = PairNoise(centred, shares, width);
        var weights = new float[measured.Length];
        foreach (var field in Enumerable.Range(0, measured.Length).GroupBy(feature => content.FieldOf[feature]))
        {
            var known = field.Select(feature => measured[feature]).Where(one => one.Pairs > 0).ToArray();
            var (mean, halfAt) = Prior(known, noise);
            foreach (var feature in field)
            {
                var (likeness, pairs) = measured[feature];
                weights[feature] = (float)Math.Sqrt(Math.Max(0, ((likeness * pairs) + (mean * halfAt)) / (pairs + halfAt)));
            }
        }

        return weights;
    }

    // Of a field: the mean likeness, and the pairs at which a feature's own counts half.
    private static (double Mean, double HalfAt) Prior(Measured[] known, double noise)
    {
        var all = known.Sum(one => one.Trust);
        if (all <= 0) return (0, 1);
        var mean = Math.Max(0, known.Sum(one => one.Trust * one.Likeness) / all);
        var spread = known.Sum(one => one.Trust * (((one.Likeness - mean) * (one.Likeness - mean)) - (noise / one.Pairs))) / all;
        return (mean, spread > 0 ? Math.Min(noise / spread, MostHalf) : MostHalf);
    }

    // The variance of the product of two titles that have nothing in common.
    private static double PairNoise(float[] centred, float[] shares, int width)
    {
        var (gram, all) = (FactorSolver.Gram(centred, width), (double)shares.Sum());
        var sum = 0.0;
        for (var row = 0; row < width; row++)
            for (var column = row; column < width; column++)
                sum += (row == column ? 1 : 2) * (double)gram[(row * width) + column] * gram[(row * width) + column];
        return sum / (all * all);
    }

    // Each row times the root of its share, so that a sum of squares is weighted by shares.
    private static float[] Centred(float[] factors, float[] shares, int width)
    {
        var (mean, centred) = (Mean(factors, shares, width), new float[factors.Length]);
        for (var title = 0; title < shares.Length; title++)
        {
            if (shares[title] == 0) continue;
            var to = centred.AsSpan(title * width, width);
            TensorPrimitives.Subtract(factors.AsSpan(title * width, width), mean, to);
            TensorPrimitives.Multiply(to, MathF.Sqrt(shares[title]), to);
        }

        return centred;
    }

    /// <summary>Of all titles, each as far as it is trusted.</summary>
    public static float[] Mean(float[] factors, float[] shares, int width)
    {
        var mean = new float[width];
        for (var title = 0; title < shares.Length; title++)
            if (shares[title] > 0) TensorPrimitives.MultiplyAdd(factors.AsSpan(title * width, width), shares[title], mean, mean);
        TensorPrimitives.Divide(mean, shares.Sum(), mean);
        return mean;
    }

    // The mean product of the factors of two titles that have a feature, and how many pairs there are.
    private readonly record struct Measured(double Likeness, double Pairs)
    {
        // So that a field's mean is of its features, and not of the few that many titles have.
        public double Trust => Math.Sqrt(Pairs);

        public static Measured Of(ReadOnlySpan<int> titles, float[] centred, float[] shares, int width, float[] sum)
        {
            Array.Clear(sum);
            var (own, all, squares) = (0.0, 0.0, 0.0);
            foreach (var title in titles)
            {
                if (shares[title] == 0) continue;
                var row = centred.AsSpan(title * width, width);
                var root = MathF.Sqrt(shares[title]);
                TensorPrimitives.MultiplyAdd(row, root, sum, sum);
                own += shares[title] * TensorPrimitives.SumOfSquares<float>(row);
                (all, squares) = (all + shares[title], squares + (shares[title] * shares[title]));
            }

            var pairs = ((all * all) - squares) / 2;
            return pairs > 1e-6 ? new((TensorPrimitives.SumOfSquares<float>(sum) - own) / (2 * pairs), pairs) : default;
        }
    }
}
