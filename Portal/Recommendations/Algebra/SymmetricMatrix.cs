namespace FlickStream.Portal.Recommendations.Algebra;

internal delegate void UseRow(int row, ReadOnlySpan<double> values);

/// <summary>A square matrix of doubles in rows, padded with ones on the diagonal to whole blocks. 8 bytes a cell.</summary>
internal sealed class SymmetricMatrix
{
    /// <summary>Of rows and columns: a multiple of both sides of the <see cref="Tile"/>, and of a size that the second-level cache holds.</summary>
    public const int Block = 192;

    public SymmetricMatrix(int size)
    {
        (Size, Stride) = (size, (size + Block - 1) / Block * Block);
        Values = new double[checked(Stride * Stride)];
        for (var row = size; row < Stride; row++) Row(row)[row] = 1;
    }

    public int Size { get; }

    /// <summary>Cells a row, and rows, with the padding.</summary>
    public int Stride { get; }

    public double[] Values { get; }

    public Span<double> Row(int row) => Values.AsSpan(row * Stride, Stride);

    /// <summary>Reads the lower triangle of a positive definite matrix and leaves its inverse, both triangles.</summary>
    /// <param name="blas">Null: in C#, as where single precision is not enough.</param>
    public void Invert(OpenBlas? blas)
    {
        if (blas?.TryInvert(this) is not true) SweptInverse.Invert(this);
        Mirror();
    }

    /// <summary>Gives each row of another matrix times the inverse of this one, of which the lower triangle is read. Neither is any use afterwards.</summary>
    /// <param name="left">Of the same size; all of its cells are read.</param>
    /// <param name="blas">Null: in C#, as where single precision is not enough.</param>
    /// <param name="use">On any thread, in any order.</param>
    public void Divide(SymmetricMatrix left, OpenBlas? blas, UseRow use)
    {
        if (blas?.TryDivide(left, this) is true) Parallel.For(0, left.Size, row => use(row, left.Row(row)));
        else BlockCholesky.Of(this).Divide(left, use);
    }

    // By blocks, so that neither side leaves the cache.
    private void Mirror() => Parallel.For(0, Stride / Block, across =>
    {
        for (var down = across; down < Stride / Block; down++)
            for (var row = down * Block; row < (down + 1) * Block; row++)
                for (var column = across * Block; column < Math.Min(row, (across + 1) * Block); column++)
                    Values[(column * Stride) + row] = Values[(row * Stride) + column];
    });
}
