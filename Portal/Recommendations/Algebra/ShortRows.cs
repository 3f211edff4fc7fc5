using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>Rows of numbers of which the upper 16 bits are kept, so that a product with all of them reads half of the memory, which is what it waits for.</summary>
internal sealed class ShortRows
{
    private const int Lane = 8, Step = 2 * Lane, Together = 4;

    private readonly ushort[] _cells;
    private readonly int _width;
    private readonly int _stride;

    private ShortRows(ushort[] cells, int width, int stride) => (_cells, _width, _stride) = (cells, width, stride);

    /// <param name="values">Rows of <paramref name="width"/>; afterwards rounded to what is kept.</param>
    public static ShortRows Of(float[] values, int width)
    {
        var (rows, stride) = (values.Length / width, (width + Step - 1) / Step * Step);
        var cells = new ushort[(rows + Together - 1) / Together * Together * stride];
        for (var row = 0; row < rows; row++)
            for (var at = 0; at < width; at++)
            {
                ref var value = ref values[(row * width) + at];
                var bits = BitConverter.SingleToUInt32Bits(value);
                // To the nearest, of two that are as near to the even one.
                var kept = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
                value = BitConverter.UInt32BitsToSingle(kept << 16);
                cells[(row * stride) + at] = (ushort)kept;
            }

        return new(cells, width, stride);
    }

    /// <summary>Writes the product of each row with a vector.</summary>
    public void Multiply(ReadOnlySpan<float> vector, Span<float> products)
    {
        // Two neighbours are read as one number, and taken apart into even and odd places.
        Span<float> apart = _stride <= 512 ? stackalloc float[_stride] : new float[_stride];
        apart.Clear();
        for (var at = 0; at < _width; at++) apart[(at / Step * Step) + (at % 2 * Lane) + (at % Step / 2)] = vector[at];
        Span<float> last = stackalloc float[Together];
        ref var cells = ref MemoryMarshal.GetArrayDataReference(_cells);
        for (var row = 0; row < products.Length; row += Together)
        {
            ref var rows = ref Unsafe.Add(ref cells, (nint)row * _stride);
            if (row + Together <= products.Length)
            {
                MultiplyFour(ref rows, ref MemoryMarshal.GetReference(apart), _stride, ref products[row]);
                continue;
            }

            MultiplyFour(ref rows, ref MemoryMarshal.GetReference(apart), _stride, ref last[0]);
            last[..(products.Length - row)].CopyTo(products[row..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyFour(ref ushort rows, ref float apart, int stride, ref float products)
    {
        Vector256<float> a = default, b = default, c = default, d = default;
        var odd = Vector256.Create(0xffff0000u);
        for (var at = 0; at < stride; at += Step)
        {
            var (left, right) = (Vector256.LoadUnsafe(ref apart, (nuint)at), Vector256.LoadUnsafe(ref apart, (nuint)(at + Lane)));
            ref var cells = ref Unsafe.Add(ref rows, at);
            var both = Vector256.LoadUnsafe(ref cells).AsUInt32();
            a = Vector256.FusedMultiplyAdd(right, (both & odd).AsSingle(), Vector256.FusedMultiplyAdd(left, (both << 16).AsSingle(), a));
            both = Vector256.LoadUnsafe(ref cells = ref Unsafe.Add(ref cells, stride)).AsUInt32();
            b = Vector256.FusedMultiplyAdd(right, (both & odd).AsSingle(), Vector256.FusedMultiplyAdd(left, (both << 16).AsSingle(), b));
            both = Vector256.LoadUnsafe(ref cells = ref Unsafe.Add(ref cells, stride)).AsUInt32();
            c = Vector256.FusedMultiplyAdd(right, (both & odd).AsSingle(), Vector256.FusedMultiplyAdd(left, (both << 16).AsSingle(), c));
            both = Vector256.LoadUnsafe(ref Unsafe.Add(ref cells, stride)).AsUInt32();
            d = Vector256.FusedMultiplyAdd(right, (both & odd).AsSingle(), Vector256.FusedMultiplyAdd(left, (both << 16).AsSingle(), d));
        }

        products = Vector256.Sum(a);
        Unsafe.Add(ref products, 1) = Vector256.Sum(b);
        Unsafe.Add(ref products, 2) = Vector256.Sum(c);
        Unsafe.Add(ref products, 3) = Vector256.Sum(d);
    }
}
