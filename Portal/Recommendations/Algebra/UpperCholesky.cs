using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>
/// Solves a small positive definite system in single precision by Cholesky's way: eight rows at a time, so that nearly all of it is
/// <see cref="OuterTile"/>. For one thread at a time.
/// </summary>
/// <param name="width">A multiple of 8.</param>
internal sealed class UpperCholesky(int width)
{
    private const int Panel = 8;

    private readonly float[] _negated = new float[Panel * width];

    /// <param name="matrix">In rows, of which the upper triangle is read, and then is what <see cref="Substitute"/> reads.</param>
    public void Decompose(float[] matrix)
    {
        ref var cells = ref MemoryMarshal.GetArrayDataReference(matrix);
        for (var first = 0; first < width; first += Panel)
        {
            FactorPanel(ref cells, first);
            TensorPrimitives.Negate(matrix.AsSpan(first * width, Panel * width), _negated);
            OuterTile.AddUpper(ref MemoryMarshal.GetArrayDataReference(_negated), ref Unsafe.Add(ref cells, first * width), Panel, ref cells, first + Panel, width);
        }
    }

    /// <param name="matrix">After <see cref="Decompose"/>.</param>
    /// <param name="solution">The right side; afterwards what was sought.</param>
    public void Substitute(float[] matrix, Span<float> solution)
    {
        for (var row = 0; row < width; row++)
        {
            solution[row] /= matrix[(row * width) + row];
            TensorPrimitives.MultiplyAdd(matrix.AsSpan((row * width) + row + 1, width - row - 1), -solution[row], solution[(row + 1)..], solution[(row + 1)..]);
        }

        for (var row = width - 1; row >= 0; row--)
        {
            var line = matrix.AsSpan(row * width, width);
            solution[row] = (solution[row] - TensorPrimitives.Dot(line[(row + 1)..], solution[(row + 1)..])) / line[row];
        }
    }

    // What lies left of the diagonal is reckoned too, and never read.
    private void FactorPanel(ref float cells, int first)
    {
        for (var row = first; row < first + Panel; row++)
        {
            ref var line = ref Unsafe.Add(ref cells, row * width);
            var scale = Vector256.Create(1 / MathF.Sqrt(Unsafe.Add(ref line, row)));
            for (var at = first; at < width; at += Panel)
            {
                ref var cell = ref Unsafe.Add(ref line, at);
                (Vector256.LoadUnsafe(ref cell) * scale).StoreUnsafe(ref cell);
            }

            for (var below = row + 1; below < first + Panel; below++)
            {
                ref var target = ref Unsafe.Add(ref cells, below * width);
                var factor = Vector256.Create(-Unsafe.Add(ref line, below));
                for (var at = first; at < width; at += Panel)
                {
                    ref var cell = ref Unsafe.Add(ref target, at);
                    Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref Unsafe.Add(ref line, at)), Vector256.LoadUnsafe(ref cell)).StoreUnsafe(ref cell);
                }
            }
        }
    }
}
