using System.Runtime.InteropServices;

namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>A square matrix times a symmetric one, whose rows are used and forgotten as they are made.</summary>
internal static class DenseProduct
{
    private const int Block = SymmetricMatrix.Block;

    internal delegate void UseRow(int row, ReadOnlySpan<double> product);

    /// <param name="left">Only its size is used as if symmetric: all cells are read as they are.</param>
    /// <param name="symmetric">Both triangles are there.</param>
    /// <param name="use">On any thread, in any order.</param>
    public static void Rows(SymmetricMatrix left, SymmetricMatrix symmetric, OpenBlas? blas, UseRow use)
    {
        var stride = left.Stride;
        if (blas is not null)
        {
            var whole = new double[stride * Block];
            for (var first = 0; first < stride; first += Block)
            {
                blas.Multiply(left.Values.AsSpan(first * stride), Block, symmetric, whole);
                var start = first;
                Parallel.For(0, Block, row => use(start + row, whole.AsSpan(row * stride, stride)));
            }

            return;
        }

        var packed = PackedColumns(symmetric);
        Parallel.For(0, stride / Block, () => (Rows: new double[stride * Block], Product: new double[stride * Block]), (at, _, spare) =>
        {
            for (var depth = 0; depth < stride; depth += Block)
                Tile.Pack(left.Values.AsSpan((at * Block * stride) + depth), stride, Block, Block, Tile.Rows, 1, spare.Rows.AsSpan(depth * Block));
            spare.Product.AsSpan().Clear();
            Multiply(spare.Rows, packed, stride, spare.Product);
            for (var row = 0; row < Block; row++) use((at * Block) + row, spare.Product.AsSpan(row * stride, stride));
            return spare;
        }, _ => { });
    }

    // Of each block of depth all columns, so that a panel is read onwards.
    private static double[] PackedColumns(SymmetricMatrix matrix)
    {
        var packed = new double[matrix.Values.Length];
        Parallel.For(0, matrix.Stride / Block, depth => Tile.Pack(matrix.Values.AsSpan(depth * Block), matrix.Stride, matrix.Stride, Block, Tile.Columns, 1,
            packed.AsSpan(depth * Block * matrix.Stride)));
        return packed;
    }

    private static void Multiply(ReadOnlySpan<double> rows, ReadOnlySpan<double> columns, int stride, Span<double> product)
    {
        for (var depth = 0; depth < stride; depth += Block)
            for (var across = 0; across < stride; across += Tile.Columns)
                for (var down = 0; down < Block; down += Tile.Rows)
                    Tile.AddProduct(ref MemoryMarshal.GetReference(rows[((depth * Block) + (down * Block))..]),
                        ref MemoryMarshal.GetReference(columns[((depth * stride) + (across * Block))..]), Block, ref product[(down * stride) + across], stride);
    }
}
