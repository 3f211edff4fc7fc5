using System.Numerics.Tensors;

namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>
/// Rows times the inverse of a positive definite matrix, by Cholesky's way in blocks and without making the inverse: 7/6 n³ multiplications and
/// additions for as many rows as the matrix has, where inverting and multiplying take 2 n³. Nearly all are in products that the cores share.
/// </summary>
internal sealed class BlockCholesky
{
    private const int Block = SymmetricMatrix.Block, Cells = Block * Block;

    private readonly int _blocks;

    // Of each block of L below the diagonal, and of the inverse of each on it: its rows, and its columns, as a product reads them.
    private readonly double[][] _rows;
    private readonly double[][] _columns;

    private BlockCholesky(int blocks) => (_blocks, _rows, _columns) = (blocks, new double[PlaceOf(blocks, 0)][], new double[PlaceOf(blocks, 0)][]);

    /// <param name="matrix">Its lower triangle is read, and is no use afterwards.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static BlockCholesky Of(SymmetricMatrix matrix)
    {
        var (stride, values) = (matrix.Stride, matrix.Values);
        var factored = new BlockCholesky(stride / Block);
        var (diagonal, inverse, panel) = (new double[Cells], new double[Cells], new double[stride * Block]);
        for (var column = 0; column < factored._blocks; column++)
        {
            Copy(values.AsSpan((column * Block * stride) + (column * Block)), stride, diagonal, Block);
            FactorSmall(diagonal);
            InvertLower(diagonal, inverse);
            factored.Keep(column, column, inverse);
            var (here, below) = (column, factored._blocks - column - 1);
            Parallel.For(0, below, () => (Packed: new double[Cells], Product: new double[Cells]), (at, _, spare) =>
            {
                var row = here + 1 + at;
                Tile.Pack(values.AsSpan((row * Block * stride) + (here * Block)), stride, Block, Block, Tile.Rows, 1, spare.Packed);
                spare.Product.AsSpan().Clear();
                Tile.AddBlock(spare.Packed, factored._rows[PlaceOf(here, here)], spare.Product, Block);
                factored.Keep(row, here, spare.Product);
                Tile.Pack(spare.Product, Block, Block, Block, Tile.Rows, -1, panel.AsSpan(row * Cells, Cells));
                return spare;
            }, _ => { });
            // The later rows are the longer ones.
            Parallel.For(0, below, at =>
            {
                var row = factored._blocks - 1 - at;
                for (var across = here + 1; across <= row; across++)
                    Tile.AddBlock(panel.AsSpan(row * Cells, Cells), factored._rows[PlaceOf(across, here)], values.AsSpan((row * Block * stride) + (across * Block)), stride);
            });
        }

        return factored;
    }

    /// <param name="left">Of the same size; all cells are read as they are.</param>
    /// <param name="use">Is given each row's product, on any thread, in any order.</param>
    public void Divide(SymmetricMatrix left, UseRow use)
    {
        var stride = left.Stride;
        Parallel.For(0, _blocks, () => new Spare(stride), (at, _, spare) =>
        {
            var given = left.Values.AsSpan(at * Block * stride, Block * stride);
            for (var column = 0; column < _blocks; column++)
            {
                Copy(given[(column * Block)..], stride, spare.Sum, Block);
                for (var before = 0; before < column; before++)
                    Tile.AddBlock(spare.Packed.AsSpan(before * Cells, Cells), _rows[PlaceOf(column, before)], spare.Sum, Block);
                spare.Finish(column, _rows[PlaceOf(column, column)], stride);
            }

            for (var column = _blocks - 1; column >= 0; column--)
            {
                Copy(spare.Rows.AsSpan(column * Block), stride, spare.Sum, Block);
                for (var after = column + 1; after < _blocks; after++)
                    Tile.AddBlock(spare.Packed.AsSpan(after * Cells, Cells), _columns[PlaceOf(after, column)], spare.Sum, Block);
                spare.Finish(column, _columns[PlaceOf(column, column)], stride);
            }

            for (var row = 0; row < Block; row++) use((at * Block) + row, spare.Rows.AsSpan(row * stride, stride));
            return spare;
        }, _ => { });
    }

    private static int PlaceOf(int row, int column) => (row * (row + 1) / 2) + column;

    private static void Copy(ReadOnlySpan<double> from, int stride, Span<double> to, int toStride)
    {
        for (var row = 0; row < Block; row++) from.Slice(row * stride, Block).CopyTo(to[(row * toStride)..]);
    }

    private void Keep(int row, int column, double[] block)
    {
        var (rows, columns) = (new double[Cells], new double[Cells]);
        Tile.Pack(block, Block, Block, Block, Tile.Columns, 1, rows);
        Tile.PackTransposed(block, Block, Block, Block, Tile.Columns, columns);
        (_rows[PlaceOf(row, column)], _columns[PlaceOf(row, column)]) = (rows, columns);
    }

    private static void FactorSmall(double[] matrix)
    {
        for (var row = 0; row < Block; row++)
        {
            var line = matrix.AsSpan(row * Block, Block);
            for (var column = 0; column < row; column++)
            {
                var known = matrix.AsSpan(column * Block, Block);
                line[column] = (line[column] - TensorPrimitives.Dot<double>(line[..column], known[..column])) / known[column];
            }

            var pivot = line[row] - TensorPrimitives.SumOfSquares<double>(line[..row]);
            if (!(pivot > 0)) throw new ArithmeticException("The matrix is not positive definite.");
            line[row] = Math.Sqrt(pivot);
        }
    }

    private static void InvertLower(double[] lower, double[] inverse)
    {
        inverse.AsSpan().Clear();
        for (var row = 0; row < Block; row++)
        {
            var line = inverse.AsSpan(row * Block, Block);
            var factors = lower.AsSpan(row * Block, Block);
            for (var known = 0; known < row; known++)
                TensorPrimitives.MultiplyAdd(inverse.AsSpan(known * Block, known + 1), -factors[known], line[..(known + 1)], line[..(known + 1)]);
            line[row] = 1;
            TensorPrimitives.Divide(line[..(row + 1)], factors[row], line);
        }
    }

    // Of one block of rows: what is divided so far, the same as a product reads it and negated, and the sum that is being made.
    private sealed class Spare(int stride)
    {
        public double[] Rows { get; } = new double[stride * Block];

        public double[] Packed { get; } = new double[stride * Block];

        public double[] Sum { get; } = new double[Cells];

        private readonly double[] _packedSum = new double[Cells];

        public void Finish(int column, double[] inverse, int rowStride)
        {
            Tile.Pack(Sum, Block, Block, Block, Tile.Rows, 1, _packedSum);
            Sum.AsSpan().Clear();
            Tile.AddBlock(_packedSum, inverse, Sum, Block);
            for (var row = 0; row < Block; row++) Sum.AsSpan(row * Block, Block).CopyTo(Rows.AsSpan((row * rowStride) + (column * Block)));
            Tile.Pack(Sum, Block, Block, Block, Tile.Rows, -1, Packed.AsSpan(column * Cells, Cells));
        }
    }
}
