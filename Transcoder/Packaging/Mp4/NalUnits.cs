namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>Looks into an H.264 sample: NAL units behind lengths (ISO/IEC 14496-15, 5.3.4.2).</summary>
internal static class NalUnits
{
    private const int LastSlice = 5;

    /// <summary>What the sample's slices are; lengths that do not fill the sample exactly reject the chunk.</summary>
    public static Slices SlicesOf(ReadOnlySpan<byte> sample, int lengthSize)
    {
        var slices = Slices.None;
        var cursor = new ByteCursor(sample);
        while (cursor.Left > 0)
        {
            var length = 0u;
            foreach (var part in cursor.Take(lengthSize)) length = (length << 8) | part;
            if (length == 0 || length > (uint)cursor.Left)
            {
                throw new ChunkRejectedException(PackagingProblems.Malformed, "A NAL unit does not fit its sample.");
            }

            var type = cursor.Take((int)length)[0] & 0x1F;
            if (type is >= 1 and <= LastSlice) slices |= type == LastSlice ? Slices.Idr : Slices.Other;
        }

        return slices;
    }
}

[Flags]
internal enum Slices
{
    None = 0,
    Idr = 1,
    Other = 2,
}
