namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>Reads a moov with exactly one track of a codec that is known.</summary>
internal static class MoovParser
{
    public static Track Parse(ReadOnlySpan<byte> moov)
    {
        var trak = Boxes.Only(moov, "trak"u8);
        var id = TrackId(Boxes.Only(trak, "tkhd"u8));
        var mdia = Boxes.Only(trak, "mdia"u8);
        var stsd = Boxes.Only(Boxes.Only(Boxes.Only(mdia, "minf"u8), "stbl"u8), "stsd"u8);
        return new Track(
            id,
            Timescale(Boxes.Only(mdia, "mdhd"u8)),
            Boxes.Contains(trak, "edts"u8),
            Defaults(Boxes.Only(Boxes.Only(moov, "mvex"u8), "trex"u8), id),
            Entry(stsd));
    }

    private static uint TrackId(ReadOnlySpan<byte> tkhd)
    {
        var cursor = new ByteCursor(tkhd);
        cursor.Skip(cursor.FullBox().Version == 1 ? 16 : 8);
        return cursor.U32();
    }

    private static uint Timescale(ReadOnlySpan<byte> mdhd)
    {
        var cursor = new ByteCursor(mdhd);
        cursor.Skip(cursor.FullBox().Version == 1 ? 16 : 8);
        return cursor.U32();
    }

    private static SampleDefaults Defaults(ReadOnlySpan<byte> trex, uint id)
    {
        var cursor = new ByteCursor(trex);
        cursor.FullBox();
        if (cursor.U32() != id) throw new ChunkRejectedException(PackagingProblems.Malformed, "trex names another track.");
        cursor.Skip(4);
        return new SampleDefaults(cursor.U32(), cursor.U32(), cursor.U32());
    }

    private static SampleEntry Entry(ReadOnlySpan<byte> stsd)
    {
        var cursor = new ByteCursor(stsd);
        cursor.FullBox();
        cursor.Skip(4);
        var entries = new Boxes(cursor.Rest());
        if (!entries.MoveNext()) throw new ChunkRejectedException(PackagingProblems.Malformed, "There is no sample entry.");
        var entry = entries.Current;
        var parsed = entry.Is("avc1"u8) ? AvcEntry.Parse(entry.Body)
            : entry.Is("hvc1"u8) ? HvcEntry.Parse(entry.Body)
            : entry.Is("av01"u8) ? Av1Entry.Parse(entry.Body)
            : entry.Is("mp4a"u8) ? (SampleEntry)Aac(entry.Body)
            : throw new ChunkRejectedException(PackagingProblems.Codec, $"The sample entry is {Boxes.Name(entry.Type)}.");
        return entries.MoveNext() ? throw new ChunkRejectedException(PackagingProblems.Malformed, "There are several sample entries.") : parsed;
    }

    private static AacEntry Aac(ReadOnlySpan<byte> body)
    {
        var cursor = new ByteCursor(body);
        cursor.Skip(28);
        foreach (var child in new Boxes(cursor.Rest()))
        {
            if (!child.Is("esds"u8)) continue;
            var config = AacConfig.Parse(child.Body);
            return new AacEntry($"mp4a.40.{config.ObjectType}", config.SampleRate, config.Channels, child.Whole.ToArray());
        }

        throw new ChunkRejectedException(PackagingProblems.Malformed, "There is no esds.");
    }
}
