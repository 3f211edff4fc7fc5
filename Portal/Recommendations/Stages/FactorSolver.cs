using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>
/// The vector of one viewer or title, given those of the other side: the solution of (u·YᵀY + Σ w·y·yᵀ + r·I) x = Σ w·y, where u is the weight of
/// what was not watched. For one thread at a time.
/// </summary>
internal sealed class FactorSolver(TrainingOptions options)
{
    // Rows that are laid side by side before they are added: with their weighted copies they fit the first-level cache.
    private const int Together = 32;

    private readonly int _width = options.Factors;
    private readonly float[] _matrix = new float[options.Factors * options.Factors];
    private readonly float[] _scaled = new float[Together * options.Factors];
    private readonly float[] _rows = new float[Together * options.Factors];
    private readonly UpperCholesky _cholesky = new(options.Factors);

    /// <summary>YᵀY, of which the upper triangle is right. Summed in an order that does not depend on threads.</summary>
    public static float[] Gram(float[] values, int width)
    {
        const int Parts = 32, Lines = 64;
        var (rows, sums) = (values.Length / width, new float[Parts][]);
        Parallel.For(0, Parts, part =>
        {
            var (first, end) = ((int)((long)rows * part / Parts), (int)((long)rows * (part + 1) / Parts));
            sums[part] = new float[width * width];
            for (; first < end; first += Lines)
            {
                ref var lines = ref values[first * width];
                OuterTile.AddUpper(ref lines, ref lines, Math.Min(Lines, end - first), ref MemoryMarshal.GetArrayDataReference(sums[part]), 0, width);
            }
        });
        foreach (var sum in sums[1..]) TensorPrimitives.Add(sums[0], sum, sums[0]);
        return sums[0];
    }

    public void Solve(ReadOnlySpan<int> others, ReadOnlySpan<float> weights, float[] values, float[] gram, int of, Span<float> solution)
    {
        Sum(others, weights, values, gram, _matrix, solution);
        Decompose(_matrix, others.Length, of);
        Substitute(_matrix, solution);
    }

    /// <summary>u·YᵀY + Σ w·y·yᵀ, and Σ w·y.</summary>
    public void Sum(ReadOnlySpan<int> others, ReadOnlySpan<float> weights, float[] values, float[] gram, float[] matrix, Span<float> right)
    {
        TensorPrimitives.Multiply(gram, (float)options.UnwatchedWeight, matrix);
        right.Clear();
        for (var first = 0; first < others.Length; first += Together)
        {
            var count = Math.Min(Together, others.Length - first);
            for (var at = 0; at < count; at++)
            {
                var row = values.AsSpan(others[first + at] * _width, _width);
                var weighted = _scaled.AsSpan(at * _width, _width);
                row.CopyTo(_rows.AsSpan(at * _width));
                TensorPrimitives.Multiply(row, weights[first + at], weighted);
                TensorPrimitives.Add(weighted, right, right);
            }

            OuterTile.AddUpper(ref MemoryMarshal.GetArrayDataReference(_scaled), ref MemoryMarshal.GetArrayDataReference(_rows), count,
                ref MemoryMarshal.GetArrayDataReference(matrix), 0, _width);
        }
    }

    /// <summary>Adds the ridge, and leaves what <see cref="Substitute"/> reads.</summary>
    public void Decompose(float[] matrix, int count, int of)
    {
        var ridge = (float)(options.FactorRegularization * (count + ((float)options.UnwatchedWeight * of)));
        for (var at = 0; at < _width; at++) matrix[(at * _width) + at] += ridge;
        _cholesky.Decompose(matrix);
    }

    /// <param name="solution">The right side; afterwards what was sought.</param>
    public void Substitute(float[] decomposed, Span<float> solution) => _cholesky.Substitute(decomposed, solution);
}
