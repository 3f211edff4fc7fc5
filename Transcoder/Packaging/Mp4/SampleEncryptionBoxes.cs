using FlickStream.Transcoder.Packaging.Encryption;

namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>Where the subsamples of a fragment's samples are told (ISO/IEC 23001-7, 7.1 to 7.3).</summary>
internal static class SampleEncryptionBoxes
{
    private const uint HasSubsamples = 2;
    private const int SubsampleBytes = 6;

    /// <param name="traf">The end of a traf.</param>
    /// <param name="moof">Where its moof begins, which offsets are counted from.</param>
    /// <param name="maps">Of each sample.</param>
    public static void Write(ByteBuffer traf, int moof, IReadOnlyList<Subsample[]> maps)
    {
        var offset = 0;
        traf.FullBox("saiz"u8, 0, 0, b =>
        {
            b.Bytes([0]).U32((uint)maps.Count);
            foreach (var map in maps) b.Bytes([checked((byte)(2 + (SubsampleBytes * map.Length)))]);
        });
        traf.FullBox("saio"u8, 0, 0, b =>
        {
            b.U32(1);
            offset = b.Length;
            b.U32(0);
        });
        traf.FullBox("senc"u8, 0, HasSubsamples, b =>
        {
            b.U32((uint)maps.Count);
            traf.SetU32(offset, (uint)(b.Length - moof));
            foreach (var map in maps)
            {
                b.U16(map.Length);
                foreach (var (clear, secret) in map) b.U16(clear).U32((uint)secret);
            }
        });
    }
}
