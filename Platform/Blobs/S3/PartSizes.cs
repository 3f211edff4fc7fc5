namespace FlickStream.Platform.Blobs.S3;

/// <summary>
/// How large parts must be. S3 takes 10,000 parts of 5 MiB to 5 GiB, the last as small as it likes, and 5 TiB in all: parts of a
/// long blob must be larger, but no larger than needed, because each is in memory while it is sent.
/// </summary>
internal static class PartSizes
{
    public const int MaxParts = 10_000;
    public const long Smallest = 5 << 20;

    // Doubling every 700 parts up to 1 GiB, parts of the least size reach 5.1 TiB.
    private const int PartsADoubling = 700;
    private const long LargestUnasked = 1L << 30;

    /// <summary>What the next part has, unless it is the last: <paramref name="usual"/> or, where that is too little for all to fit, more, in
    /// whole pieces of <see cref="PartBuffer"/>.</summary>
    /// <param name="parts">Parts before it.</param>
    /// <param name="bytes">Bytes in these.</param>
    /// <param name="total">Bytes of the whole blob; null when nobody knows.</param>
    /// <param name="usual">Bytes of a part where there is no reason for more.</param>
    public static long Target(int parts, long bytes, long? total, long usual)
    {
        var size = Math.Max(usual, Least(parts, bytes, total));
        return (size + PartBuffer.PieceSize - 1) / PartBuffer.PieceSize * PartBuffer.PieceSize;
    }

    /// <summary>The least that the next part must have, unless it is the last, for all to fit.</summary>
    private static long Least(int parts, long bytes, long? total)
    {
        if (total is { } whole)
        {
            var numbers = Math.Max(1, MaxParts - parts);
            return Math.Max(Smallest, (Math.Max(0, whole - bytes) + numbers - 1) / numbers);
        }

        return Math.Min(LargestUnasked, Smallest << Math.Min(parts / PartsADoubling, 10));
    }
}
