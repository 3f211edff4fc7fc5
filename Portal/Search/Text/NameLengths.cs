using System.Numerics;

namespace FlickStream.Portal.Search.Text;

/// <summary>How many words the names of a title have, a bit each.</summary>
internal static class NameLengths
{
    private const int Longest = 15;

    public static ushort BitOf(int words) => (ushort)(1 << Math.Min(words, Longest));

    /// <summary>How many words the shortest name has beyond those asked for; null where all are shorter.</summary>
    public static int? Beyond(ushort lengths, int words) =>
        words > Longest || lengths >> words is not (> 0 and var rest) ? null : BitOperations.TrailingZeroCount(rest);
}
