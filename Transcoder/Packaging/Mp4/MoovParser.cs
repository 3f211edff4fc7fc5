namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>Reads a moov with exactly one H.264 or AAC track.</summary>
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
        var parsed = entry.Is("avc1"u8) ? Avc(entry.Body)
            : entry.Is("mp4a"u8) ? (SampleEntry)Aac(entry.Body)
            : throw new ChunkRejectedException(PackagingProblems.Codec, $"The sample entry is {Boxes.Name(entry.Type)}.");
        return entries.MoveNext() ? throw new ChunkRejectedException(PackagingProblems.Malformed, "There are several sample entries.") : parsed;
    }

    private static AvcEntry Avc(ReadOnlySpan<byte> body)
    {
        var cursor = new ByteCursor(body);
        cursor.Skip(24);
        var (width, height) = (cursor.U16(), cursor.U16());
        cursor.Skip(50);
        var children = cursor.Rest();
        var kept = new ByteBuffer();
        var aspect = (Width: 1u, Height: 1u);
        var config = new ByteCursor(Boxes.Only(children, "avcC"u8));
        config.Skip(1);
        var codecs = $"avc1.{Convert.ToHexStringLower(config.Take(3))}";
        var lengthSize = (config.U8() & 3) + 1;
        foreach (var type in (ReadOnlySpan<string>)["avcC", "colr", "pasp"])
        {
            foreach (var child in new Boxes(children))
            {
                if (Boxes.Name(child.Type) != type) continue;
                kept.Bytes(child.Whole);
                if (!child.Is("pasp"u8)) continue;
                var pasp = new ByteCursor(child.Body);
                aspect = (pasp.U32(), pasp.U32());
            }
        }

        return new AvcEntry(codecs, width, height, lengthSize, kept.Span.ToArray(), aspect);
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
