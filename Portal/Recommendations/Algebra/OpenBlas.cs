using System.Runtime.InteropServices;

namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>
/// OpenBLAS, where the system has it (Debian: libopenblas0): inverting takes a fifth of the time of <see cref="SweptInverse"/>. The plain
/// liblapack is not looked for, which is slower than that.
/// </summary>
internal sealed unsafe class OpenBlas
{
    private static readonly Lazy<OpenBlas?> Found = new(Load);

    // Fortran passes by reference and keeps columns together, so that its upper triangle is our lower one.
    private readonly delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, void> _factor;
    private readonly delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, void> _invert;
    private readonly delegate* unmanaged[Cdecl]<byte*, int*, int*, double*, int*, double*, int*, int*, void> _solve;

    private OpenBlas(nint library)
    {
        _factor = (delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, void>)NativeLibrary.GetExport(library, "dpotrf_");
        _invert = (delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, void>)NativeLibrary.GetExport(library, "dpotri_");
        _solve = (delegate* unmanaged[Cdecl]<byte*, int*, int*, double*, int*, double*, int*, int*, void>)NativeLibrary.GetExport(library, "dpotrs_");
    }

    /// <summary>Null where it is not installed.</summary>
    public static OpenBlas? Installed => Found.Value;

    /// <summary>Leaves the inverse's lower triangle.</summary>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public void Invert(SymmetricMatrix matrix)
    {
        var (upper, size, stride, info) = ((byte)'U', matrix.Size, matrix.Stride, 0);
        fixed (double* values = matrix.Values)
        {
            _factor(&upper, &size, values, &stride, &info);
            if (info == 0) _invert(&upper, &size, values, &stride, &info);
        }

        Check(info, size);
    }

    /// <summary>Leaves each row of <paramref name="left"/> times the inverse of a matrix, of which it leaves nothing.</summary>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public void Divide(SymmetricMatrix left, SymmetricMatrix by)
    {
        var (upper, size, stride, info) = ((byte)'U', by.Size, by.Stride, 0);
        fixed (double* values = by.Values, rows = left.Values)
        {
            _factor(&upper, &size, values, &stride, &info);
            if (info == 0) _solve(&upper, &size, &size, values, &stride, rows, &stride, &info);
        }

        Check(info, size);
    }

    private static void Check(int info, int size)
    {
        if (info != 0) throw new ArithmeticException($"The matrix of {size} rows is not positive definite (LAPACK says {info}).");
    }

    private static OpenBlas? Load() =>
        NativeLibrary.TryLoad("libopenblas.so.0", out var library) || NativeLibrary.TryLoad("openblas", out library) ? new(library) : null;
}
