using System.Numerics;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>Sets of rows, a bit each.</summary>
internal static class Bits
{
    /// <summary>Rows that one word of a set tells of.</summary>
    public const int OfWord = 64;

    public static ulong[] None(int rows) => new ulong[(rows + OfWord - 1) / OfWord];

    public static bool Has(this ulong[] set, int row) => row >> 6 < set.Length && (set[row >> 6] >> (row & 63) & 1) != 0;

    public static void Add(this ulong[] set, int row) => set[row >> 6] |= 1UL << (row & 63);

    public static void Keep(this ulong[] set, ulong[] other)
    {
        for (var i = 0; i < set.Length; i++) set[i] &= other[i];
    }

    public static void Join(this ulong[] set, ulong[] other)
    {
        for (var i = 0; i < set.Length; i++) set[i] |= other[i];
    }

    public static int Size(this ulong[] set)
    {
        var size = 0;
        foreach (var word in set) size += BitOperations.PopCount(word);
        return size;
    }

    public static IEnumerable<int> Rows(this ulong[] set)
    {
        for (var i = 0; i < set.Length; i++)
            for (var rest = set[i]; rest != 0; rest &= rest - 1) yield return FirstOf(i, rest);
    }

    /// <summary>The first row of what is left of a set's word, for loops over very many rows.</summary>
    public static int FirstOf(int word, ulong rest) => (word << 6) + BitOperations.TrailingZeroCount(rest);
}
