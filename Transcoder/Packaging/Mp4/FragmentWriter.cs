namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>
/// Writes fragments of our own: one moof, one mdat, one track, every sample of the same duration. All that is not a sample's
/// bytes is ours, so nothing of the source's boxes reaches a player.
/// </summary>
/// <remarks>
/// There is no styp and no sidx. CMAF makes both optional; HLS finds segments by playlist and DASH by SegmentTemplate, so neither is
/// read, and an I-frame byte range must begin at a moof. Plain moof+mdat is what every player's live path takes.
/// </remarks>
internal static class FragmentWriter
{
    // default-base-is-moof; default duration, size and flags as needed.
    private const uint BaseIsMoof = 0x020000;

    /// <param name="delay">Added to every composition offset, so that none is negative; the init segment's edit list takes it off again.</param>
    public static void WriteVideo(ByteBuffer to, uint sequence, ulong decodeTime, uint ticksPerFrame, uint delay, Fragment gop) =>
        Write(to, sequence, decodeTime, gop.Data.Span,
            tfhd => tfhd.FullBox("tfhd"u8, 0, BaseIsMoof | 0x08 | 0x20, b => b.U32(1).U32(ticksPerFrame).U32(Sample.NonSyncFlags)),
            trun =>
            {
                trun.U32(0x1 | 0x4 | 0x200 | 0x800).U32((uint)gop.Samples.Count).U32(0).U32(Sample.SyncFlags);
                foreach (var sample in gop.Samples) trun.U32((uint)sample.Size).U32(checked((uint)(sample.CompositionOffset + delay)));
            });

    public static void WriteAudio(
        ByteBuffer to, uint sequence, ulong decodeTime, uint ticksPerFrame, int[] sizes, ReadOnlyMemory<byte> data) =>
        Write(to, sequence, decodeTime, data.Span,
            tfhd => tfhd.FullBox("tfhd"u8, 0, BaseIsMoof | 0x08 | 0x20, b => b.U32(1).U32(ticksPerFrame).U32(Sample.SyncFlags)),
            trun =>
            {
                trun.U32(0x1 | 0x200).U32((uint)sizes.Length).U32(0);
                foreach (var size in sizes) trun.U32((uint)size);
            });

    private static void Write(
        ByteBuffer to, uint sequence, ulong decodeTime, ReadOnlySpan<byte> data, Action<ByteBuffer> tfhd, Action<ByteBuffer> trun)
    {
        const int DataOffsetInTrun = 16;
        var start = to.Length;
        var run = 0;
        to.Box("moof"u8, moof =>
        {
            moof.FullBox("mfhd"u8, 0, 0, b => b.U32(sequence));
            moof.Box("traf"u8, traf =>
            {
                tfhd(traf);
                traf.FullBox("tfdt"u8, 1, 0, b => b.U64(decodeTime));
                run = traf.Length;
                traf.Box("trun"u8, trun);
            });
        });
        to.SetU32(run + DataOffsetInTrun, (uint)(to.Length - start + 8));
        to.U32((uint)(data.Length + 8)).Bytes("mdat"u8).Bytes(data);
    }
}
