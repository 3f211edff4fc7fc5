using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>The inner step of all dense products: 6 rows by 8 columns, which with their factors fill the registers of AVX2.</summary>
internal static class Tile
{
    public const int Rows = 6, Columns = 8;

    /// <summary>Lays rows of a matrix together by <paramref name="width"/>, so that the step reads onwards only.</summary>
    public static void Pack(ReadOnlySpan<double> from, int stride, int rows, int depth, int width, double factor, Span<double> to)
    {
        for (var first = 0; first < rows; first += width)
            for (var row = 0; row < width; row++)
            {
                var line = from.Slice((first + row) * stride, depth);
                var panel = to.Slice(first * depth, width * depth);
                for (var at = 0; at < depth; at++) panel[(at * width) + row] = line[at] * factor;
            }
    }

    /// <summary>The same of the columns of a matrix.</summary>
    public static void PackTransposed(ReadOnlySpan<double> from, int stride, int columns, int depth, int width, Span<double> to)
    {
        for (var first = 0; first < columns; first += width)
            for (var at = 0; at < depth; at++) from.Slice((at * stride) + first, width).CopyTo(to[((first * depth) + (at * width))..]);
    }

    /// <summary>Adds the product of packed rows and packed columns, each of <see cref="SymmetricMatrix.Block"/>.</summary>
    public static void AddBlock(ReadOnlySpan<double> rows, ReadOnlySpan<double> columns, Span<double> to, int stride)
    {
        const int Block = SymmetricMatrix.Block;
        for (var across = 0; across < Block; across += Columns)
            for (var down = 0; down < Block; down += Rows)
                AddProduct(ref MemoryMarshal.GetReference(rows[(down * Block)..]), ref MemoryMarshal.GetReference(columns[(across * Block)..]),
                    Block, ref to[(down * stride) + across], stride);
    }

    /// <summary>Adds the product of a packed row panel and a packed column panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProduct(ref double rows, ref double columns, int depth, ref double to, int stride)
    {
        Vector256<double> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default;
        Vector256<double> d0 = default, d1 = default, e0 = default, e1 = default, f0 = default, f1 = default;
        for (var at = 0; at < depth; at++)
        {
            var left = Vector256.LoadUnsafe(ref columns);
            var right = Vector256.LoadUnsafe(ref columns, 4);
            var row = Vector256.Create(rows);
            a0 = Vector256.FusedMultiplyAdd(row, left, a0);
            a1 = Vector256.FusedMultiplyAdd(row, right, a1);
            row = Vector256.Create(Unsafe.Add(ref rows, 1));
            b0 = Vector256.FusedMultiplyAdd(row, left, b0);
            b1 = Vector256.FusedMultiplyAdd(row, right, b1);
            row = Vector256.Create(Unsafe.Add(ref rows, 2));
            c0 = Vector256.FusedMultiplyAdd(row, left, c0);
            c1 = Vector256.FusedMultiplyAdd(row, right, c1);
            row = Vector256.Create(Unsafe.Add(ref rows, 3));
            d0 = Vector256.FusedMultiplyAdd(row, left, d0);
            d1 = Vector256.FusedMultiplyAdd(row, right, d1);
            row = Vector256.Create(Unsafe.Add(ref rows, 4));
            e0 = Vector256.FusedMultiplyAdd(row, left, e0);
            e1 = Vector256.FusedMultiplyAdd(row, right, e1);
            row = Vector256.Create(Unsafe.Add(ref rows, 5));
            f0 = Vector256.FusedMultiplyAdd(row, left, f0);
            f1 = Vector256.FusedMultiplyAdd(row, right, f1);
            rows = ref Unsafe.Add(ref rows, Rows);
            columns = ref Unsafe.Add(ref columns, Columns);
        }

        Add(ref to, a0, a1);
        Add(ref to = ref Unsafe.Add(ref to, stride), b0, b1);
        Add(ref to = ref Unsafe.Add(ref to, stride), c0, c1);
        Add(ref to = ref Unsafe.Add(ref to, stride), d0, d1);
        Add(ref to = ref Unsafe.Add(ref to, stride), e0, e1);
        Add(ref Unsafe.Add(ref to, stride), f0, f1);
    }

    private static void Add(ref double to, Vector256<double> left, Vector256<double> right)
    {
        (Vector256.LoadUnsafe(ref to) + left).StoreUnsafe(ref to);
        (Vector256.LoadUnsafe(ref to, 4) + right).StoreUnsafe(ref to, 4);
    }
}
