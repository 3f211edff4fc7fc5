namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>Reads a moof with one traf and one trun, which is what ffmpeg writes for one track.</summary>
internal static class MoofParser
{
    // A GOP of 2 s at 60 frames a second has 120 samples, a second of sound about 90.
    private const uint MaxSamples = 16 * 1024;

    public static (ulong DecodeTime, List<Sample> Samples, int DataOffset) Parse(ReadOnlySpan<byte> moof, Track track)
    {
        var traf = Boxes.Only(moof, "traf"u8);
        var defaults = Defaults(Boxes.Only(traf, "tfhd"u8), track);
        var time = DecodeTime(Boxes.Only(traf, "tfdt"u8));
        var (samples, offset) = Samples(Boxes.Only(traf, "trun"u8), defaults);
        return (time, samples, offset);
    }

    private static SampleDefaults Defaults(ReadOnlySpan<byte> tfhd, Track track)
    {
        var cursor = new ByteCursor(tfhd);
        var (_, flags) = cursor.FullBox();
        if (cursor.U32() != track.Id) throw new ChunkRejectedException(PackagingProblems.Malformed, "A fragment names another track.");
        if ((flags & 0x01) != 0) throw new ChunkRejectedException(PackagingProblems.Malformed, "A fragment has a base data offset.");
        if ((flags & 0x02) != 0) cursor.Skip(4);
        return new SampleDefaults(
            (flags & 0x08) != 0 ? cursor.U32() : track.Defaults.Duration,
            (flags & 0x10) != 0 ? cursor.U32() : track.Defaults.Size,
            (flags & 0x20) != 0 ? cursor.U32() : track.Defaults.Flags);
    }

    private static ulong DecodeTime(ReadOnlySpan<byte> tfdt)
    {
        var cursor = new ByteCursor(tfdt);
        return cursor.FullBox().Version == 1 ? cursor.U64() : cursor.U32();
    }

    private static (List<Sample> Samples, int DataOffset) Samples(ReadOnlySpan<byte> trun, SampleDefaults defaults)
    {
        var cursor = new ByteCursor(trun);
        var (version, flags) = cursor.FullBox();
        var count = cursor.U32();
        if (count is 0 or > MaxSamples) throw new ChunkRejectedException(PackagingProblems.Malformed, $"A fragment has {count} samples.");
        if ((flags & 0x1) == 0) throw new ChunkRejectedException(PackagingProblems.Malformed, "A fragment has no data offset.");
        var offset = cursor.I32();
        uint? first = (flags & 0x4) != 0 ? cursor.U32() : null;

        var samples = new List<Sample>((int)count);
        for (var i = 0; i < count; i++)
        {
            var duration = (flags & 0x100) != 0 ? cursor.U32() : defaults.Duration;
            var size = (flags & 0x200) != 0 ? cursor.U32() : defaults.Size;
            var own = (flags & 0x400) != 0 ? cursor.U32() : defaults.Flags;
            var composition = (flags & 0x800) == 0 ? 0L : version == 0 ? cursor.U32() : cursor.I32();
            if (size > int.MaxValue) throw new ChunkRejectedException(PackagingProblems.Malformed, $"A sample has {size} bytes.");
            samples.Add(new Sample((int)size, duration, i == 0 && first is { } set ? set : own, composition));
        }

        return (samples, offset);
    }
}
