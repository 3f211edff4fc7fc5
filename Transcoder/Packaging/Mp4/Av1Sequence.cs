using System.Globalization;

namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>What a sequence header says of the whole stream (AV1 bitstream specification, 5.5).</summary>
/// <param name="Chroma">Subsampling in x and y, and where the samples lie if both: three digits.</param>
internal sealed record Av1Sequence(
    int Profile, int Level, bool IsHighTier, int BitDepth, bool IsMonochrome, (bool X, bool Y, int Position) Chroma,
    (int Primaries, int Transfer, int Matrix, bool IsFull) Color)
{
    private const int Unspecified = 2;

    /// <summary>AV1 in ISO base media, section 5: the optional part, which is all or nothing, only where it says anything new.</summary>
    public string Codecs
    {
        get
        {
            var brief = string.Create(CultureInfo.InvariantCulture, $"av01.{Profile}.{Level:00}{(IsHighTier ? 'H' : 'M')}.{BitDepth:00}");
            var (primaries, transfer, matrix, isFull) = Color;
            var rest = string.Create(
                CultureInfo.InvariantCulture,
                $".{Digit(IsMonochrome)}.{Digit(Chroma.X)}{Digit(Chroma.Y)}{Chroma.Position}.{primaries:00}.{transfer:00}.{matrix:00}.{Digit(isFull)}");
            return rest == ".0.110.01.01.01.0" ? brief : brief + rest;
        }
    }

    /// <summary>Bytes 1 and 2 of an av1C box for this sequence.</summary>
    public (byte First, byte Second) Configuration => (
        (byte)((Profile << 5) | Level),
        (byte)((Digit(IsHighTier) << 7) | (Digit(BitDepth > 8) << 6) | (Digit(BitDepth == 12) << 5) | (Digit(IsMonochrome) << 4)
            | (Digit(Chroma.X) << 3) | (Digit(Chroma.Y) << 2) | Chroma.Position));

    public static Av1Sequence Parse(ReadOnlySpan<byte> payload)
    {
        var bits = new BitCursor(payload);
        var profile = (int)bits.Bits(3);
        bits.Bits(1);
        if (bits.Flag()) throw new ChunkRejectedException(PackagingProblems.Codec, "The AV1 stream is a still picture.");
        var (level, isHigh) = OperatingPoints(ref bits);
        FrameSize(ref bits);
        Tools(ref bits);
        return Colors(ref bits, profile) with { Level = level, IsHighTier = isHigh };
    }

    /// <summary>Level and tier of the first, which is the whole stream.</summary>
    private static (int Level, bool IsHigh) OperatingPoints(ref BitCursor bits)
    {
        int? delayLength = null;
        if (bits.Flag())
        {
            bits.Bits(32);
            bits.Bits(32);
            if (bits.Flag()) bits.SkipVariable();
            if (bits.Flag())
            {
                delayLength = (int)bits.Bits(5) + 1;
                bits.Bits(32);
                bits.Bits(10);
            }
        }

        var hasDisplayDelays = bits.Flag();
        (int, bool)? first = null;
        for (var points = bits.Bits(5) + 1; points > 0; points--)
        {
            bits.Bits(12);
            var level = (int)bits.Bits(5);
            var isHigh = level > 7 && bits.Flag();
            first ??= (level, isHigh);
            if (delayLength is { } length && bits.Flag())
            {
                bits.Bits(length);
                bits.Bits(length);
                bits.Bits(1);
            }

            if (hasDisplayDelays && bits.Flag()) bits.Bits(4);
        }

        return first!.Value;
    }

    private static void FrameSize(ref BitCursor bits)
    {
        var (width, height) = ((int)bits.Bits(4) + 1, (int)bits.Bits(4) + 1);
        bits.Bits(width);
        bits.Bits(height);
        if (bits.Flag()) bits.Bits(7);
    }

    private static void Tools(ref BitCursor bits)
    {
        bits.Bits(7);
        var hasOrder = bits.Flag();
        if (hasOrder) bits.Bits(2);
        var mayForceVectors = bits.Flag() || bits.Flag();
        if (mayForceVectors && !bits.Flag()) bits.Bits(1);
        if (hasOrder) bits.Bits(3);
        bits.Bits(3);
    }

    private static Av1Sequence Colors(ref BitCursor bits, int profile)
    {
        var isHigh = bits.Flag();
        var depth = profile == 2 && isHigh && bits.Flag() ? 12 : isHigh ? 10 : 8;
        var isMonochrome = profile != 1 && bits.Flag();
        var (primaries, transfer, matrix) = bits.Flag()
            ? ((int)bits.Bits(8), (int)bits.Bits(8), (int)bits.Bits(8))
            : (Unspecified, Unspecified, Unspecified);
        var (isFull, x, y, position) = (true, false, false, 0);
        if (isMonochrome)
        {
            (isFull, x, y) = (bits.Flag(), true, true);
        }
        else if ((primaries, transfer, matrix) != (1, 13, 0))
        {
            isFull = bits.Flag();
            x = profile == 0 || (profile == 2 && (depth != 12 || bits.Flag()));
            y = profile == 0 || (profile == 2 && depth == 12 && x && bits.Flag());
            if (x && y) position = (int)bits.Bits(2);
        }

        return new Av1Sequence(profile, 0, false, depth, isMonochrome, (x, y, position), (primaries, transfer, matrix, isFull));
    }

    private static int Digit(bool value) => value ? 1 : 0;
}
