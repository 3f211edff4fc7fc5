using System.Runtime.InteropServices;

namespace FlickStream.Portal.Recommendations.Publishing;

/// <summary>Arrays of numbers as they lie in memory, little-endian, after their length.</summary>
internal static class ArrayBytes
{
    public static void WriteArray<T>(this BinaryWriter to, T[] values)
        where T : unmanaged
    {
        to.Write(values.Length);
        to.Write(MemoryMarshal.AsBytes<T>(values));
    }

    /// <exception cref="EndOfStreamException">There is less than it says.</exception>
    public static T[] ReadArray<T>(this BinaryReader from)
        where T : unmanaged
    {
        var values = new T[from.ReadInt32()];
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
