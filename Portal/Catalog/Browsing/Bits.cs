using System.Numerics;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>Sets of rows, a bit each.</summary>
internal static class Bits
{
    public static ulong[] None(int rows) => new ulong[(rows + 63) / 64];

    public static bool Has(this ulong[] set, int row) => row >> 6 < set.Length && (set[row >> 6] >> (row & 63) & 1) != 0;

    public static void Add(this ulong[] set, int row) => set[row >> 6] |= 1UL << (row & 63);

    public static void Keep(this ulong[] set, ulong[] other)
    {
        for (var i = 0; i < set.Length; i++) set[i] &= other[i];
    }

    public static void Take(this ulong[] set, ulong[] other)
    {
        for (var i = 0; i < set.Length; i++) set[i] |= other[i];
    }

    public static int Size(this ulong[] set) => set.Sum(BitOperations.PopCount);

    public static IEnumerable<int> Rows(this ulong[] set)
    {
        for (var i = 0; i < set.Length; i++)
            for (var rest = set[i]; rest != 0; rest &= rest - 1) yield return FirstOf(i, rest);
    }

    /// <summary>The first row of what is left of a set's word, for loops over very many rows.</summary>
    public static int FirstOf(int word, ulong rest) => (word << 6) + BitOperations.TrailingZeroCount(rest);
}
