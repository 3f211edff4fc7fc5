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
    private readonly delegate* unmanaged[Cdecl]<byte*, byte*, int*, int*, int*, double*, double*, int*, double*, int*, double*, double*, int*, void> _multiply;

    private OpenBlas(nint library)
    {
        _factor = (delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, void>)NativeLibrary.GetExport(library, "dpotrf_");
        _invert = (delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, void>)NativeLibrary.GetExport(library, "dpotri_");
        _multiply = (delegate* unmanaged[Cdecl]<byte*, byte*, int*, int*, int*, double*, double*, int*, double*, int*, double*, double*, int*, void>)
            NativeLibrary.GetExport(library, "dgemm_");
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

        if (info != 0) throw new ArithmeticException($"The matrix of {size} rows is not positive definite (LAPACK says {info}).");
    }

    /// <summary>A row block times a symmetric matrix of which both triangles are there.</summary>
    public void Multiply(ReadOnlySpan<double> rows, int count, SymmetricMatrix by, Span<double> product)
    {
        var (plain, size, stride, one, zero) = ((byte)'N', by.Size, by.Stride, 1.0, 0.0);
        fixed (double* left = rows, right = by.Values, to = product)
            _multiply(&plain, &plain, &size, &count, &size, &one, right, &stride, left, &stride, &zero, to, &stride);
    }

    private static OpenBlas? Load() =>
        NativeLibrary.TryLoad("libopenblas.so.0", out var library) || NativeLibrary.TryLoad("openblas", out library) ? new(library) : null;
}
