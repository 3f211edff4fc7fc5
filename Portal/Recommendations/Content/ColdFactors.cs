using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Content;

/// <summary>
/// The factors of titles that few have watched, predicted from their content: the ridge regression of the known titles' factors on their
/// features, solved for each factor by conjugate gradients, so that it costs the features that there are and not their square.
/// </summary>
internal static class ColdFactors
{
    // Of viewers: how many it takes for a title's own factors to count half.
    private const float Trust = 20;
    private const int Steps = 40;

    /// <summary>Writes the factors of titles with fewer viewers than <see cref="TrainingOptions.ColdBelow"/>.</summary>
    public static void Fill(float[] factors, int[] viewers, SparseRows features, TrainingOptions options)
    {
        var (width, byFeature) = (options.Factors, features.Transposed());
        var shares = Array.ConvertAll(viewers, count => count < options.ColdBelow ? 0 : count / (count + Trust));
        var total = shares.Sum();
        if (total == 0) return;
        Parallel.For(0, width, factor =>
        {
            var known = new float[viewers.Length];
            for (var title = 0; title < known.Length; title++) known[title] = factors[(title * width) + factor];
            var mean = TensorPrimitives.Dot(known, shares) / total;
            for (var title = 0; title < known.Length; title++) known[title] = (known[title] - mean) * shares[title];
            var solution = Solve(features, byFeature, shares, known, (float)options.ColdRidge);
            for (var title = 0; title < known.Length; title++)
                if (shares[title] == 0) factors[(title * width) + factor] = mean + features.Dot(title, solution);
        });
    }

    // (FᵀSF + ridge) x = Fᵀ·weighted
    private static float[] Solve(SparseRows features, SparseRows byFeature, float[] shares, float[] weighted, float ridge)
    {
        var solution = new float[features.Columns];
        var residual = Through(byFeature, weighted);
        var direction = (float[])residual.Clone();
        var size = TensorPrimitives.Dot(residual, residual);
        for (var (step, enough) = (0, size * 1e-8f); step < Steps && size > enough; step++)
        {
            var seen = Through(features, direction);
            TensorPrimitives.Multiply(seen, shares, seen);
            var image = Through(byFeature, seen);
            TensorPrimitives.MultiplyAdd(direction, ridge, image, image);
            var far = size / TensorPrimitives.Dot(direction, image);
            TensorPrimitives.MultiplyAdd(direction, far, solution, solution);
            TensorPrimitives.MultiplyAdd(image, -far, residual, residual);
            var next = TensorPrimitives.Dot(residual, residual);
            TensorPrimitives.MultiplyAdd(direction, next / size, residual, direction);
            size = next;
        }

        return solution;
    }

    private static float[] Through(SparseRows matrix, float[] vector)
    {
        var result = new float[matrix.Rows];
        for (var row = 0; row < result.Length; row++) result[row] = matrix.Dot(row, vector);
        return result;
    }
}
