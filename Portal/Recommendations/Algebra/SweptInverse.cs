using System.Numerics.Tensors;

namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>
/// Inverts a positive definite matrix in place by the symmetric sweep, a block of rows at a time: n³ multiplications and additions, as many as
/// Cholesky's way needs, nearly all of them in one product that both cores share.
/// </summary>
internal static class SweptInverse
{
    private const int Block = SymmetricMatrix.Block;

    public static void Invert(SymmetricMatrix matrix)
    {
        var (stride, values) = (matrix.Stride, matrix.Values);
        var (panel, product) = (new double[stride * Block], new double[stride * Block]);
        var (packedRows, packedColumns) = (new double[stride * Block], new double[stride * Block]);
        var (pivot, packedPivot) = (new double[Block * Block], new double[Block * Block]);
        var blocks = stride / Block;
        for (var swept = 0; swept < blocks; swept++)
        {
            var first = swept * Block;
            CopyPanel(values, stride, first, panel);
            panel.AsSpan(first * Block, Block * Block).CopyTo(pivot);
            InvertSmall(pivot);
            Tile.Pack(pivot, Block, Block, Block, Tile.Columns, 1, packedPivot);
            product.AsSpan().Clear();
            Parallel.For(0, blocks, at =>
            {
                var (start, cells) = (at * Block * Block, Block * Block);
                Tile.Pack(panel.AsSpan(start, cells), Block, Block, Block, Tile.Rows, 1, packedRows.AsSpan(start, cells));
                Tile.Pack(panel.AsSpan(start, cells), Block, Block, Block, Tile.Columns, 1, packedColumns.AsSpan(start, cells));
                Tile.AddBlock(packedRows.AsSpan(start, cells), packedPivot, product.AsSpan(start, cells), Block);
                Tile.Pack(product.AsSpan(start, cells), Block, Block, Block, Tile.Rows, -1, packedRows.AsSpan(start, cells));
            });
            // The later rows are the longer ones.
            Parallel.For(0, blocks, from =>
            {
                var down = blocks - 1 - from;
                if (down == swept) return;
                for (var across = 0; across <= down; across++)
                    if (across != swept)
                        Tile.AddBlock(packedRows.AsSpan(down * Block * Block), packedColumns.AsSpan(across * Block * Block),
                            values.AsSpan((down * Block * stride) + (across * Block)), stride);
            });
            WriteBack(values, stride, first, product, pivot);
        }

        Parallel.For(0, stride, row => TensorPrimitives.Negate(matrix.Row(row), matrix.Row(row)));
    }

    // The block's columns of the whole matrix; what lies above the diagonal is read below it.
    private static void CopyPanel(double[] values, int stride, int first, double[] panel)
    {
        for (var column = 0; column < Block; column++)
        {
            var line = values.AsSpan((first + column) * stride, first + column + 1);
            for (var row = 0; row < line.Length; row++) panel[(row * Block) + column] = line[row];
        }

        for (var row = 0; row < Block; row++)
            for (var column = 0; column < row; column++)
                panel[((first + row) * Block) + column] = panel[((first + column) * Block) + row];
        for (var row = first + Block; row < stride; row++) values.AsSpan((row * stride) + first, Block).CopyTo(panel.AsSpan(row * Block));
    }

    private static void WriteBack(double[] values, int stride, int first, double[] product, double[] pivot)
    {
        for (var row = 0; row < Block; row++)
        {
            var line = values.AsSpan((first + row) * stride, first + Block);
            for (var column = 0; column < first; column++) line[column] = product[(column * Block) + row];
            TensorPrimitives.Negate(pivot.AsSpan(row * Block, Block), line[first..]);
        }

        for (var row = first + Block; row < stride; row++) product.AsSpan(row * Block, Block).CopyTo(values.AsSpan((row * stride) + first));
    }

    // The sweep again, a row at a time.
    private static void InvertSmall(double[] matrix)
    {
        Span<double> line = stackalloc double[Block];
        for (var swept = 0; swept < Block; swept++)
        {
            var pivot = matrix[(swept * Block) + swept];
            if (!(pivot > 0)) throw new ArithmeticException("The matrix is not positive definite.");
            matrix.AsSpan(swept * Block, Block).CopyTo(line);
            for (var row = 0; row < Block; row++)
            {
                if (row == swept) continue;
                var target = matrix.AsSpan(row * Block, Block);
                var factor = target[swept] / pivot;
                TensorPrimitives.MultiplyAdd(line, -factor, target, target);
                target[swept] = factor;
            }

            TensorPrimitives.Divide(line, pivot, matrix.AsSpan(swept * Block, Block));
            matrix[(swept * Block) + swept] = -1 / pivot;
        }

        TensorPrimitives.Negate(matrix, matrix);
    }
}
