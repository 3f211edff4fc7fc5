namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>AV1 (AV1 codec ISO media file format binding, 2.3 and 2.4).</summary>
/// <param name="Sequence">Payload of the sequence header.</param>
internal sealed record Av1Entry(string Codecs, PictureFields Fields, byte[] Sequence) : PictureEntry("av01", Codecs, Fields)
{
    private const int HeadSize = 4;
    private const int KeyFrame = 0;

    public static Av1Entry Parse(ReadOnlySpan<byte> body)
    {
        var fields = PictureFields.Parse(body, "av1C");
        var config = new ByteCursor(fields.Config);
        config.Skip(HeadSize);
        return Of(fields, config.Rest());
    }

    /// <summary>SVT-AV1 (1.4) gives the muxer a sequence header before it has settled which tools it uses; the one in the samples counts, and
    /// both must be the same (2.4).</summary>
    public override PictureEntry CorrectedBy(ReadOnlySpan<byte> firstSample)
    {
        var units = new Obus(firstSample);
        while (units.MoveNext())
        {
            if (units.Type == Obus.SequenceHeader)
                return Of(Fields with { Config = [.. Fields.Config.AsSpan(0, HeadSize), .. units.Whole] }, units.Whole);
        }

        return this;
    }

    private static Av1Entry Of(PictureFields fields, ReadOnlySpan<byte> configUnits)
    {
        var units = new Obus(configUnits);
        if (!units.MoveNext() || units.Type != Obus.SequenceHeader)
            throw new ChunkRejectedException(PackagingProblems.Malformed, "av1C holds no sequence header.");
        var sequence = Av1Sequence.Parse(units.Payload);
        return sequence.Configuration == (fields.Config[1], fields.Config[2])
            ? new Av1Entry(sequence.Codecs, fields, units.Payload.ToArray())
            : throw new ChunkRejectedException(PackagingProblems.Codec, "av1C declares another profile or level than the sequence header.");
    }

    /// <summary>A sample is a temporal unit: whatever it holds, it shows exactly one frame. A key frame that is not shown at once (a forward
    /// key frame) counts as open, because frames shown before it follow it.</summary>
    public override Pictures PicturesOf(ReadOnlySpan<byte> sample)
    {
        var (frames, shown, keys, hiddenKeys, hasSequence) = (0, 0, 0, 0, false);
        var units = new Obus(sample);
        while (units.MoveNext())
        {
            if (units.Type == Obus.SequenceHeader) hasSequence = IsOurs(units.Payload);
            if (units.Type is not (Obus.Frame or Obus.FrameHeader)) continue;
            var header = new BitCursor(units.Payload);
            frames++;
            var isRepeat = header.Flag();
            if (isRepeat)
            {
                shown++;
                continue;
            }

            var type = header.Bits(2);
            var isShown = header.Flag();
            if (isShown) shown++;
            if (type == KeyFrame) (keys, hiddenKeys) = isShown ? (keys + 1, hiddenKeys) : (keys, hiddenKeys + 1);
        }

        return shown != 1 ? Pictures.None
            : keys == 0 && hiddenKeys == 0 ? Pictures.Inner
            : frames == 1 && keys == 1 && hasSequence ? Pictures.Key
            : Pictures.Open;
    }

    private bool IsOurs(ReadOnlySpan<byte> sequence) => sequence.SequenceEqual(Sequence)
        ? true
        : throw new ChunkRejectedException(PackagingProblems.Codec, "A sequence header differs from the sample entry's.");
}
