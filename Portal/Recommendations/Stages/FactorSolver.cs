using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>
/// The vector of one viewer or title, given those of the other side: the solution of (u·YᵀY + Σ w·y·yᵀ + r·I) x = Σ w·y, where u is the weight of
/// what was not watched. For one thread at a time.
/// </summary>
internal sealed class FactorSolver(TrainingOptions options)
{
    // Rows that are added at once, so that the matrix is read and written a quarter as often.
    private const int Together = 4;

    private readonly int _width = options.Factors;
    private readonly float[] _matrix = new float[options.Factors * options.Factors];
    private readonly float[] _scaled = new float[Together * options.Factors];
    private readonly float[] _rows = new float[Together * options.Factors];

    /// <summary>YᵀY, of which the lower triangle is right. Summed in an order that does not depend on threads.</summary>
    public static float[] Gram(float[] values, int width)
    {
        const int Parts = 32;
        var (rows, sums) = (values.Length / width, new float[Parts][]);
        Parallel.For(0, Parts, part =>
        {
            var solver = new FactorSolver(new() { Factors = width });
            for (var row = (int)((long)rows * part / Parts); row < (long)rows * (part + 1) / Parts; row++)
                solver.Add(values.AsSpan(row * width, width), 1, row);
            solver.Flush();
            sums[part] = solver._matrix;
        });
        foreach (var sum in sums[1..]) TensorPrimitives.Add(sums[0], sum, sums[0]);
        return sums[0];
    }

    public void Solve(ReadOnlySpan<int> others, ReadOnlySpan<float> weights, float[] values, float[] gram, int of, Span<float> solution)
    {
        var unwatched = (float)options.UnwatchedWeight;
        TensorPrimitives.Multiply(gram, unwatched, _matrix);
        solution.Clear();
        for (var at = 0; at < others.Length; at++)
        {
            var row = values.AsSpan(others[at] * _width, _width);
            TensorPrimitives.MultiplyAdd(row, weights[at], solution, solution);
            Add(row, weights[at], at);
        }

        Flush();
        var ridge = (float)(options.FactorRegularization * (others.Length + (unwatched * of)));
        for (var at = 0; at < _width; at++) _matrix[(at * _width) + at] += ridge;
        SolveInPlace(solution);
    }

    private void Add(ReadOnlySpan<float> row, float weight, int at)
    {
        var slot = at % Together * _width;
        row.CopyTo(_rows.AsSpan(slot));
        TensorPrimitives.Multiply(row, weight, _scaled.AsSpan(slot, _width));
        if (slot == (Together - 1) * _width) Flush();
    }

    private void Flush()
    {
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var matrix = ref MemoryMarshal.GetArrayDataReference(_matrix);
        for (var down = 0; down < _width; down++)
        {
            var (first, second) = (Vector256.Create(_scaled[down]), Vector256.Create(_scaled[_width + down]));
            var (third, fourth) = (Vector256.Create(_scaled[(2 * _width) + down]), Vector256.Create(_scaled[(3 * _width) + down]));
            for (var across = 0; across <= down; across += Vector256<float>.Count)
            {
                var at = (nuint)((down * _width) + across);
                var sum = Vector256.LoadUnsafe(ref matrix, at);
                sum = Vector256.FusedMultiplyAdd(first, Vector256.LoadUnsafe(ref rows, (nuint)across), sum);
                sum = Vector256.FusedMultiplyAdd(second, Vector256.LoadUnsafe(ref rows, (nuint)(_width + across)), sum);
                sum = Vector256.FusedMultiplyAdd(third, Vector256.LoadUnsafe(ref rows, (nuint)((2 * _width) + across)), sum);
                sum = Vector256.FusedMultiplyAdd(fourth, Vector256.LoadUnsafe(ref rows, (nuint)((3 * _width) + across)), sum);
                sum.StoreUnsafe(ref matrix, at);
            }
        }

        _scaled.AsSpan().Clear();
    }

    // Cholesky's way, row by row.
    private void SolveInPlace(Span<float> solution)
    {
        for (var row = 0; row < _width; row++)
        {
            var line = _matrix.AsSpan(row * _width, row + 1);
            for (var column = 0; column < row; column++)
            {
                var known = _matrix.AsSpan(column * _width, column + 1);
                line[column] = (line[column] - TensorPrimitives.Dot(line[..column], known[..column])) / known[column];
            }

            line[row] = MathF.Sqrt(line[row] - TensorPrimitives.Dot(line[..row], line[..row]));
            solution[row] = (solution[row] - TensorPrimitives.Dot(line[..row], solution[..row])) / line[row];
        }

        for (var row = _width - 1; row >= 0; row--)
        {
            solution[row] /= _matrix[(row * _width) + row];
            TensorPrimitives.MultiplyAdd(_matrix.AsSpan(row * _width, row), -solution[row], solution[..row], solution[..row]);
        }
    }
}
