using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Algebra;

namespace FlickStream.Portal.Recommendations.Content;

/// <summary>
/// The factors of titles that few have watched, predicted from their content: the ridge regression of the known titles' factors on features that are
/// weighted by what they tell, solved for each factor by conjugate gradients, so that it costs the features that there are and not their square.
/// </summary>
internal sealed class ColdFactors
{
    private const int Steps = 40;

    // Beside the mean square of a title's factors. Which fits is tried on titles that are known.
    private static readonly float[] Ridges = [0.02f, 0.06f, 0.2f, 0.6f, 2, 6];

    // One known title in so many is predicted by the others, a sixteenth of the factors: enough to choose among six.
    private const int TriedShare = 5, TriedFactors = 16;

    private readonly SparseRows _features;
    private readonly SparseRows _byFeature;
    private readonly float[] _shares;
    private readonly int _width;

    /// <param name="features">See <see cref="ContentFeatures.Weighted"/>.</param>
    /// <param name="shares">How far the factors of each title are to be trusted, 0 for not at all.</param>
    public ColdFactors(SparseRows features, float[] shares, int width) => (_features, _byFeature, _shares, _width) = (features, features.Transposed(), shares, width);

    /// <summary>Writes the factors of titles that are not trusted at all.</summary>
    public void Fill(float[] factors)
    {
        if (_shares.Sum() == 0) return;
        var mean = FeatureWeights.Mean(factors, _shares, _width);
        var ridge = BestRidge(factors, mean);
        Parallel.For(0, _width, factor =>
        {
            var solution = Solve(Known(factors, mean, factor), _shares, ridge);
            for (var title = 0; title < _shares.Length; title++)
                if (_shares[title] == 0) factors[(title * _width) + factor] = mean[factor] + _features.Dot(title, solution);
        });
    }

    private float BestRidge(float[] factors, float[] mean)
    {
        var tried = Enumerable.Range(0, Math.Max(1, _width / TriedFactors)).Select(at => Known(factors, mean, at * TriedFactors)).ToArray();
        var size = Enumerable.Range(0, _width).Select(factor => Known(factors, mean, factor)).Sum(known => Weighted(known, _shares)) / _shares.Sum();
        float[] learn = new float[_shares.Length], judge = new float[_shares.Length];
        var trusted = 0;
        for (var title = 0; title < _shares.Length; title++)
            if (_shares[title] > 0) (trusted++ % TriedShare == 0 ? judge : learn)[title] = _shares[title];
        var errors = new double[Ridges.Length];
        Parallel.For(0, errors.Length, at => errors[at] = tried.Sum(known =>
        {
            var rest = Through(_features, Solve(known, learn, Ridges[at] * size));
            TensorPrimitives.Subtract(known, rest, rest);
            return Weighted(rest, judge);
        }));
        return Ridges[Array.IndexOf(errors, errors.Min())] * size;
    }

    private float[] Known(float[] factors, float[] mean, int factor)
    {
        var known = new float[_shares.Length];
        for (var title = 0; title < known.Length; title++)
            if (_shares[title] > 0) known[title] = factors[(title * _width) + factor] - mean[factor];
        return known;
    }

    private static float Weighted(float[] values, float[] shares)
    {
        var sum = 0f;
        for (var at = 0; at < values.Length; at++) sum += shares[at] * values[at] * values[at];
        return sum;
    }

    // (FᵀSF + ridge) x = FᵀS·known
    private float[] Solve(float[] known, float[] shares, float ridge)
    {
        var weighted = new float[known.Length];
        TensorPrimitives.Multiply(known, shares, weighted);
        var solution = new float[_features.Columns];
        var residual = Through(_byFeature, weighted);
        var direction = (float[])residual.Clone();
        var size = TensorPrimitives.Dot(residual, residual);
        for (var (step, enough) = (0, size * 1e-8f); step < Steps && size > enough; step++)
        {
            var seen = Through(_features, direction);
            TensorPrimitives.Multiply(seen, shares, seen);
            var image = Through(_byFeature, seen);
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
