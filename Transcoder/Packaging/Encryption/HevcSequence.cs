namespace FlickStream.Transcoder.Packaging.Encryption;

/// <summary>What of a sequence parameter set (ISO/IEC 23008-2, 7.3.2.2) a slice segment's header depends on.</summary>
internal sealed record HevcSequence
{
    // HEVC pictures have at most 16 references, and so sets have (7.4.8).
    private const int MostPictures = 16;
    private const int MostSets = 64;

    public required bool HasColourPlanes { get; init; }

    public required bool HasChroma { get; init; }

    public required int OrderBits { get; init; }

    /// <summary>Of slice_segment_address.</summary>
    public required int AddressBits { get; init; }

    public required bool HasOffset { get; init; }

    public required IReadOnlyList<HevcReferences> ReferenceSets { get; init; }

    public required bool HasTemporalPrediction { get; init; }

    public static HevcSequence Parse(ReadOnlySpan<byte> nal)
    {
        var bits = new NalBits(nal[2..]);
        bits.Skip(4);
        var layers = (int)bits.U(3);
        bits.Skip(1);
        SkipProfile(ref bits, layers);
        bits.Ue();
        var chroma = bits.Ue();
        var planes = chroma == 3 && bits.Flag();
        var (width, height) = (bits.Ue(), bits.Ue());
        if (bits.Flag())
            for (var i = 0; i < 4; i++) bits.Ue();
        bits.Ue();
        bits.Ue();
        var orderBits = (int)bits.Ue() + 4;
        for (var i = bits.Flag() ? 0 : layers; i <= layers; i++)
            for (var j = 0; j < 3; j++) bits.Ue();
        var smallest = bits.Ue() + 3;
        var unit = 1u << (int)Math.Min(smallest + bits.Ue(), 6);
        for (var i = 0; i < 4; i++) bits.Ue();
        if (bits.Flag() && bits.Flag()) throw Unusual("scaling lists");
        bits.Skip(1);
        var offset = bits.Flag();
        if (bits.Flag()) throw Unusual("samples without coding");
        var sets = new List<HevcReferences>();
        var count = bits.Ue();
        if (count > MostSets) throw Unusual("more reference sets than there may be");
        for (var i = 0; i < count; i++) sets.Add(HevcReferences.Parse(ref bits, sets, isInSlice: false, MostPictures));
        if (bits.Flag()) throw Unusual("long-term references");
        var units = ((width + unit - 1) / unit) * ((height + unit - 1) / unit);
        return new HevcSequence
        {
            HasColourPlanes = planes,
            HasChroma = chroma != 0 && !planes,
            OrderBits = orderBits,
            AddressBits = HevcReferences.BitsFor(units),
            HasOffset = offset,
            ReferenceSets = sets,
            HasTemporalPrediction = bits.Flag(),
        };
    }

    private static void SkipProfile(ref NalBits bits, int layers)
    {
        const int General = 88;
        bits.Skip(General + 8);
        if (layers == 0) return;
        var (profiles, levels) = (0, 0);
        for (var i = 0; i < 8; i++)
        {
            if (i >= layers)
            {
                bits.Skip(2);
                continue;
            }

            profiles += (int)bits.U(1);
            levels += (int)bits.U(1);
        }

        bits.Skip((General * profiles) + (8 * levels));
    }

    private static ChunkRejectedException Unusual(string what) =>
        new(PackagingProblems.Codec, $"The HEVC sequence has {what}, which x265 does not write as it is run here.");
}

/// <summary>One short-term reference picture set (7.3.7).</summary>
/// <param name="Pictures">Distance of each in display order, and whether the current picture refers to it; earlier ones first, nearest
/// first.</param>
internal sealed record HevcReferences(IReadOnlyList<(int Delta, bool IsUsed)> Pictures)
{
    /// <param name="bits">At the set.</param>
    /// <param name="known">The sets before it.</param>
    /// <param name="isInSlice">In a slice header it may refer to any of them.</param>
    /// <param name="most">Pictures it may have.</param>
    public static HevcReferences Parse(ref NalBits bits, IReadOnlyList<HevcReferences> known, bool isInSlice, int most)
    {
        if (known.Count > 0 && bits.Flag()) return Predicted(ref bits, known, isInSlice);
        var (earlier, later) = (bits.Ue(), bits.Ue());
        if (earlier + later > most) throw new ChunkRejectedException(PackagingProblems.Malformed, "A picture has too many references.");
        var pictures = new List<(int, bool)>();
        foreach (var (count, sign) in new[] { (earlier, -1), (later, 1) })
        {
            var delta = 0;
            for (var i = 0; i < count; i++)
            {
                delta += sign * ((int)bits.Ue() + 1);
                pictures.Add((delta, bits.Flag()));
            }
        }

        return new HevcReferences(pictures);
    }

    /// <summary>Bits of a number below <paramref name="count"/>.</summary>
    public static int BitsFor(uint count) => count <= 1 ? 0 : 32 - System.Numerics.BitOperations.LeadingZeroCount(count - 1);

    private static HevcReferences Predicted(ref NalBits bits, IReadOnlyList<HevcReferences> known, bool isInSlice)
    {
        var back = isInSlice ? (int)bits.Ue() + 1 : 1;
        if (back > known.Count) throw new ChunkRejectedException(PackagingProblems.Malformed, "A reference set refers to none.");
        var sign = bits.Flag() ? -1 : 1;
        var shift = sign * ((int)bits.Ue() + 1);
        var from = known[^back].Pictures;
        var kept = new List<(int Delta, bool IsUsed)>();
        for (var i = 0; i <= from.Count; i++)
        {
            var isUsed = bits.Flag();
            var isKept = isUsed || bits.Flag();
            var delta = shift + (i < from.Count ? from[i].Delta : 0);
            if (isKept && delta != 0) kept.Add((delta, isUsed));
        }

        return new HevcReferences([.. kept.Where(k => k.Delta < 0).OrderByDescending(k => k.Delta), .. kept.Where(k => k.Delta > 0).OrderBy(k => k.Delta)]);
    }
}
