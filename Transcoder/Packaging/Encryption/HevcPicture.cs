namespace FlickStream.Transcoder.Packaging.Encryption;

/// <summary>What of a picture parameter set (ISO/IEC 23008-2, 7.3.2.3) a slice segment's header depends on.</summary>
internal sealed record HevcPicture
{
    public required bool HasDependentSegments { get; init; }

    public required bool HasOutputFlag { get; init; }

    public required int ExtraBits { get; init; }

    public required bool HasCabacInit { get; init; }

    public required uint References0 { get; init; }

    public required uint References1 { get; init; }

    public required bool HasChromaOffsets { get; init; }

    public required bool IsWeighted { get; init; }

    public required bool IsBiWeighted { get; init; }

    public required bool HasEntryPoints { get; init; }

    public required bool CrossesSlices { get; init; }

    public required bool CanOverrideDeblocking { get; init; }

    public required bool IsDeblockingOff { get; init; }

    public required bool HasListChanges { get; init; }

    public required bool HasExtension { get; init; }

    public static HevcPicture Parse(ReadOnlySpan<byte> nal)
    {
        var bits = new NalBits(nal[2..]);
        bits.Ue();
        bits.Ue();
        var (dependent, output, extra) = (bits.Flag(), bits.Flag(), (int)bits.U(3));
        bits.Skip(1);
        var (cabacInit, references0, references1) = (bits.Flag(), bits.Ue() + 1, bits.Ue() + 1);
        bits.Se();
        bits.Skip(2);
        if (bits.Flag()) bits.Ue();
        bits.Se();
        bits.Se();
        var (chromaOffsets, weighted, biWeighted) = (bits.Flag(), bits.Flag(), bits.Flag());
        bits.Skip(1);
        var (tiles, wavefront) = (bits.Flag(), bits.Flag());
        if (tiles) throw Unusual("tiles");
        var crosses = bits.Flag();
        var (canOverride, isOff) = (false, false);
        if (bits.Flag())
        {
            (canOverride, isOff) = (bits.Flag(), bits.Flag());
            if (!isOff)
            {
                bits.Se();
                bits.Se();
            }
        }

        if (bits.Flag()) throw Unusual("scaling lists");
        var listChanges = bits.Flag();
        bits.Ue();
        var extension = bits.Flag();
        if (bits.Flag()) throw Unusual("an extension");
        return new HevcPicture
        {
            HasDependentSegments = dependent,
            HasOutputFlag = output,
            ExtraBits = extra,
            HasCabacInit = cabacInit,
            References0 = references0,
            References1 = references1,
            HasChromaOffsets = chromaOffsets,
            IsWeighted = weighted,
            IsBiWeighted = biWeighted,
            HasEntryPoints = wavefront,
            CrossesSlices = crosses,
            CanOverrideDeblocking = canOverride,
            IsDeblockingOff = isOff,
            HasListChanges = listChanges,
            HasExtension = extension,
        };
    }

    private static ChunkRejectedException Unusual(string what) =>
        new(PackagingProblems.Codec, $"The HEVC pictures have {what}, which x265 does not write as it is run here.");
}
