using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>
/// OpenBLAS, where the system has it (Debian: libopenblas0), in single precision: as many cells again at a time as in doubles. It is enough, as weights are kept so,
/// and what is added to the diagonal is a share of it: however far titles differ in viewers, a factor's rounding grows with the matrix of their correlations alone
/// (van der Sluis, "Condition numbers and equilibration of matrices", 1969). The plain liblapack is not looked for, which is slower than C#.
/// </summary>
internal sealed unsafe class OpenBlas
{
    private static readonly Lazy<OpenBlas?> Found = new(Load);

    // Fortran passes by reference and keeps columns together, so that its upper triangle is our lower one.
    private readonly delegate* unmanaged[Cdecl]<byte*, int*, float*, int*, int*, void> _factor;
    private readonly delegate* unmanaged[Cdecl]<byte*, int*, float*, int*, int*, void> _invert;
    private readonly delegate* unmanaged[Cdecl]<byte*, int*, int*, float*, int*, float*, int*, int*, void> _solve;

    private OpenBlas(nint library)
    {
        _factor = (delegate* unmanaged[Cdecl]<byte*, int*, float*, int*, int*, void>)NativeLibrary.GetExport(library, "spotrf_");
        _invert = (delegate* unmanaged[Cdecl]<byte*, int*, float*, int*, int*, void>)NativeLibrary.GetExport(library, "spotri_");
        _solve = (delegate* unmanaged[Cdecl]<byte*, int*, int*, float*, int*, float*, int*, int*, void>)NativeLibrary.GetExport(library, "spotrs_");
    }

    /// <summary>Null where it is not installed.</summary>
    public static OpenBlas? Installed => Found.Value;

    /// <summary>Leaves the inverse's lower triangle.</summary>
    /// <returns>False, and the matrix as it was, where it is not positive definite in single precision.</returns>
    public bool TryInvert(SymmetricMatrix matrix)
    {
        var (upper, size, stride, info, cells) = ((byte)'U', matrix.Size, matrix.Stride, 0, Narrowed(matrix));
        fixed (float* values = cells)
        {
            _factor(&upper, &size, values, &stride, &info);
            if (info == 0) _invert(&upper, &size, values, &stride, &info);
        }

        if (info == 0) Widen(cells, matrix);
        return info == 0;
    }

    /// <summary>Leaves each row of <paramref name="left"/> times the inverse of a matrix.</summary>
    /// <returns>False, and both as they were, where that is not positive definite in single precision.</returns>
    public bool TryDivide(SymmetricMatrix left, SymmetricMatrix by)
    {
        var (upper, size, stride, info, cells) = ((byte)'U', by.Size, by.Stride, 0, Narrowed(by));
        fixed (float* values = cells)
        {
            _factor(&upper, &size, values, &stride, &info);
            if (info != 0) return false;
            var lines = Narrowed(left);
            fixed (float* rows = lines) _solve(&upper, &size, &size, values, &stride, rows, &stride, &info);
            Widen(lines, left);
        }

        return true;
    }

    private static float[] Narrowed(SymmetricMatrix matrix)
    {
        var cells = GC.AllocateUninitializedArray<float>(matrix.Values.Length);
        Parallel.For(0, matrix.Stride, row => TensorPrimitives.ConvertTruncating<double, float>(matrix.Row(row), cells.AsSpan(row * matrix.Stride, matrix.Stride)));
        return cells;
    }

    private static void Widen(float[] cells, SymmetricMatrix matrix) =>
        Parallel.For(0, matrix.Stride, row => TensorPrimitives.ConvertTruncating<float, double>(cells.AsSpan(row * matrix.Stride, matrix.Stride), matrix.Row(row)));

    private static OpenBlas? Load() =>
        NativeLibrary.TryLoad("libopenblas.so.0", out var library) || NativeLibrary.TryLoad("openblas", out library) ? new(library) : null;
}
