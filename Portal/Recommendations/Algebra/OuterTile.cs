using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>The inner step of sums of outer products in single precision: 4 rows by 16 columns stay in the registers of AVX2 for as many products as there are.</summary>
internal static class OuterTile
{
    private const int Rows = 4, Lane = 8, Columns = 2 * Lane;

    /// <summary>Adds Σ left[k]·right[k]ᵀ to the upper triangle of a square matrix in rows, from a row on. Some cells below the diagonal are written too.</summary>
    /// <param name="left">Lines of <paramref name="width"/>, as <paramref name="right"/>.</param>
    /// <param name="depth">How many lines there are.</param>
    /// <param name="first">A multiple of 8.</param>
    /// <param name="width">A multiple of 8.</param>
    public static void AddUpper(ref float left, ref float right, int depth, ref float matrix, int first, int width)
    {
        for (var down = first; down < width; down += Rows)
        {
            var across = down & -Lane;
            ref var to = ref Unsafe.Add(ref matrix, down * width);
            for (; across + Columns <= width; across += Columns)
                AddWide(ref Unsafe.Add(ref left, down), ref Unsafe.Add(ref right, across), depth, ref Unsafe.Add(ref to, across), width);
            if (across < width) AddNarrow(ref Unsafe.Add(ref left, down), ref Unsafe.Add(ref right, across), depth, ref Unsafe.Add(ref to, across), width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWide(ref float left, ref float right, int depth, ref float to, int width)
    {
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (var at = 0; at < depth; at++)
        {
            var near = Vector256.LoadUnsafe(ref right);
            var far = Vector256.LoadUnsafe(ref right, Lane);
            var row = Vector256.Create(left);
            a0 = Vector256.FusedMultiplyAdd(row, near, a0);
            a1 = Vector256.FusedMultiplyAdd(row, far, a1);
            row = Vector256.Create(Unsafe.Add(ref left, 1));
            b0 = Vector256.FusedMultiplyAdd(row, near, b0);
            b1 = Vector256.FusedMultiplyAdd(row, far, b1);
            row = Vector256.Create(Unsafe.Add(ref left, 2));
            c0 = Vector256.FusedMultiplyAdd(row, near, c0);
            c1 = Vector256.FusedMultiplyAdd(row, far, c1);
            row = Vector256.Create(Unsafe.Add(ref left, 3));
            d0 = Vector256.FusedMultiplyAdd(row, near, d0);
            d1 = Vector256.FusedMultiplyAdd(row, far, d1);
            left = ref Unsafe.Add(ref left, width);
            right = ref Unsafe.Add(ref right, width);
        }

        Add(ref to, a0);
        Add(ref Unsafe.Add(ref to, Lane), a1);
        Add(ref to = ref Unsafe.Add(ref to, width), b0);
        Add(ref Unsafe.Add(ref to, Lane), b1);
        Add(ref to = ref Unsafe.Add(ref to, width), c0);
        Add(ref Unsafe.Add(ref to, Lane), c1);
        Add(ref to = ref Unsafe.Add(ref to, width), d0);
        Add(ref Unsafe.Add(ref to, Lane), d1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddNarrow(ref float left, ref float right, int depth, ref float to, int width)
    {
        Vector256<float> a = default, b = default, c = default, d = default;
        for (var at = 0; at < depth; at++)
        {
            var row = Vector256.LoadUnsafe(ref right);
            a = Vector256.FusedMultiplyAdd(Vector256.Create(left), row, a);
            b = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref left, 1)), row, b);
            c = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref left, 2)), row, c);
            d = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref left, 3)), row, d);
            left = ref Unsafe.Add(ref left, width);
            right = ref Unsafe.Add(ref right, width);
        }

        Add(ref to, a);
        Add(ref to = ref Unsafe.Add(ref to, width), b);
        Add(ref to = ref Unsafe.Add(ref to, width), c);
        Add(ref Unsafe.Add(ref to, width), d);
    }

    private static void Add(ref float to, Vector256<float> sum) => (Vector256.LoadUnsafe(ref to) + sum).StoreUnsafe(ref to);
}
