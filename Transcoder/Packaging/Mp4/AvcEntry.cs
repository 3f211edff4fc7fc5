namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>H.264 (ISO/IEC 14496-15, 5.3.3).</summary>
/// <param name="LengthSize">Bytes of the length in front of each NAL unit.</param>
internal sealed record AvcEntry(string Codecs, PictureFields Fields, int LengthSize) : PictureEntry("avc1", Codecs, Fields)
{
    private const int FirstSlice = 1;
    private const int Idr = 5;
    private const int ParameterSet = 7;

    public static AvcEntry Parse(ReadOnlySpan<byte> body)
    {
        var fields = PictureFields.Parse(body, "avcC");
        var config = new ByteCursor(fields.Config);
        config.Skip(1);
        var profile = config.Take(3);
        var lengthSize = (config.U8() & 3) + 1;
        for (var sets = config.U8() & 0x1F; sets > 0; sets--)
        {
            var set = config.Take(config.U16());
            // Profile, constraints and level are the bytes behind the NAL unit's header (ITU-T H.264, 7.3.2.1.1).
            if (set.Length < 4 || (set[0] & 0x1F) != ParameterSet || !set[1..4].SequenceEqual(profile))
                throw new ChunkRejectedException(PackagingProblems.Codec, "avcC declares another profile or level than its parameter set.");
        }

        return new AvcEntry($"avc1.{Convert.ToHexStringLower(profile)}", fields, lengthSize);
    }

    public override Pictures PicturesOf(ReadOnlySpan<byte> sample)
    {
        var pictures = Pictures.None;
        foreach (var unit in new NalUnits(sample, LengthSize))
        {
            var type = unit[0] & 0x1F;
            if (type is >= FirstSlice and <= Idr) pictures |= type == Idr ? Pictures.Key : Pictures.Inner;
        }

        return pictures;
    }
}
