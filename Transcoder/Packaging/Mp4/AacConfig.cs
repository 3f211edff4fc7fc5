namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>
/// What the AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) in an esds says. The sample entry's own fields do not do: ffmpeg writes
/// 2 channels there whatever there are.
/// </summary>
internal readonly record struct AacConfig(int ObjectType, int SampleRate, int Channels)
{
    private static readonly int[] Rates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

    public static AacConfig Parse(ReadOnlySpan<byte> esds)
    {
        var cursor = new ByteCursor(esds);
        cursor.FullBox();
        var stream = new ByteCursor(Descriptor(ref cursor, 3));
        stream.Skip(2);
        if (stream.U8() >> 5 != 0) throw Unexpected("optional parts of an ES descriptor");
        var decoder = new ByteCursor(Descriptor(ref stream, 4));
        if (decoder.U8() != 0x40) throw Unexpected("an audio format that is not MPEG-4");
        decoder.Skip(12);
        return OfConfig(Descriptor(ref decoder, 5));
    }

    private static AacConfig OfConfig(ReadOnlySpan<byte> config)
    {
        var cursor = new ByteCursor(config);
        var bits = cursor.U16();
        var (objectType, rate, channels) = (bits >> 11, (bits >> 7) & 15, (bits >> 3) & 15);
        if (objectType is 0 or 31 || rate >= Rates.Length || channels is 0 or > 7) throw Unexpected("an unusual AudioSpecificConfig");
        return new AacConfig(objectType, Rates[rate], channels == 7 ? 8 : channels);
    }

    private static ReadOnlySpan<byte> Descriptor(ref ByteCursor cursor, byte tag)
    {
        if (cursor.U8() != tag) throw Unexpected("descriptors out of order");
        var size = 0;
        for (var i = 0; i < 4; i++)
        {
            var part = cursor.U8();
            size = (size << 7) | (part & 0x7F);
            if (part < 0x80) break;
        }

        return cursor.Take(size);
    }

    private static ChunkRejectedException Unexpected(string what) => new(PackagingProblems.Codec, $"The esds holds {what}.");
}
