using System.Numerics;

namespace FlickStream.Tests.Shared;

internal static class Cea608
{
    /// <summary>A byte of CEA-608 with its odd parity.</summary>
    public static byte Odd(int value) => (byte)(BitOperations.PopCount((uint)value) % 2 == 1 ? value : value | 0x80);
}
