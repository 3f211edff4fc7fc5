using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace FlickStream.Portal.Recommendations.Publishing;

/// <summary>Arrays of numbers as they lie in memory, little-endian, after their length; and texts. No room is made for more than there is.</summary>
internal static class ArrayBytes
{
    public static void WriteArray<T>(this BinaryWriter to, T[] values)
        where T : unmanaged
    {
        to.Write(values.Length);
        to.Write(MemoryMarshal.AsBytes<T>(values));
    }

    /// <param name="length">How many there must be; null for any number.</param>
    /// <exception cref="InvalidDataException">There are more or fewer, or less is left than it says.</exception>
    public static T[] ReadArray<T>(this BinaryReader from, long? length = null)
        where T : unmanaged
    {
        var count = from.ReadCount(Unsafe.SizeOf<T>());
        if (length is { } wanted && wanted != count) throw new InvalidDataException($"There are {count} numbers where {wanted} belong.");
        var values = new T[count];
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>The same, all of them finite.</summary>
    public static float[] ReadNumbers(this BinaryReader from, long? length = null)
    {
        var values = from.ReadArray<float>(length);
        return values.Length == 0 || float.IsFinite(TensorPrimitives.MaxMagnitude<float>(values)) ? values : throw new InvalidDataException("A number is not finite.");
    }

    /// <summary>A number of things of at least so many bytes each.</summary>
    public static int ReadCount(this BinaryReader from, int bytes)
    {
        var (count, left) = (from.ReadInt32(), from.Left());
        return count >= 0 && count <= left / bytes ? count : throw new InvalidDataException($"There are not {count} of {bytes} bytes in {left}.");
    }

    /// <summary>What <see cref="BinaryWriter.Write(string)"/> wrote.</summary>
    public static string ReadText(this BinaryReader from)
    {
        var (bytes, left) = (from.Read7BitEncodedInt(), from.Left());
        return bytes >= 0 && bytes <= left ? Encoding.UTF8.GetString(from.ReadBytes(bytes)) : throw new InvalidDataException($"There is no text of {bytes} bytes in {left}.");
    }

    private static long Left(this BinaryReader from) => from.BaseStream.Length - from.BaseStream.Position;
}
