using FlickStream.Transcoder.Packaging.Encryption;

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
    /// <param name="cipher">Encrypts the samples; null leaves them as they are.</param>
    public static void WriteVideo(
        ByteBuffer to, uint sequence, ulong decodeTime, uint ticksPerFrame, uint delay, Fragment gop, SampleCipher? cipher = null) =>
        Write(to, sequence, decodeTime, gop.Data.Span, cipher, [.. gop.Samples.Select(sample => sample.Size)],
            tfhd => tfhd.FullBox("tfhd"u8, 0, BaseIsMoof | 0x08 | 0x20, b => b.U32(1).U32(ticksPerFrame).U32(Sample.NonSyncFlags)),
            trun =>
            {
                trun.U32(0x1 | 0x4 | 0x200 | 0x800).U32((uint)gop.Samples.Count).U32(0).U32(Sample.SyncFlags);
                foreach (var sample in gop.Samples) trun.U32((uint)sample.Size).U32(checked((uint)(sample.CompositionOffset + delay)));
            });

    public static void WriteAudio(
        ByteBuffer to, uint sequence, ulong decodeTime, uint ticksPerFrame, int[] sizes, ReadOnlyMemory<byte> data, SampleCipher? cipher = null) =>
        Write(to, sequence, decodeTime, data.Span, cipher, sizes,
            tfhd => tfhd.FullBox("tfhd"u8, 0, BaseIsMoof | 0x08 | 0x20, b => b.U32(1).U32(ticksPerFrame).U32(Sample.SyncFlags)),
            trun =>
            {
                trun.U32(0x1 | 0x200).U32((uint)sizes.Length).U32(0);
                foreach (var size in sizes) trun.U32((uint)size);
            });

    private static void Write(
        ByteBuffer to,
        uint sequence,
        ulong decodeTime,
        ReadOnlySpan<byte> data,
        SampleCipher? cipher,
        int[] sizes,
        Action<ByteBuffer> tfhd,
        Action<ByteBuffer> trun)
    {
        const int DataOffsetInTrun = 16;
        var maps = cipher?.Map(data, sizes);
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
                if (maps is not null) SampleEncryptionBoxes.Write(traf, start, maps);
            });
        });
        to.SetU32(run + DataOffsetInTrun, (uint)(to.Length - start + 8));
        var samples = to.U32((uint)(data.Length + 8)).Bytes("mdat"u8).Reserve(data.Length).Span;
        data.CopyTo(samples);
        cipher?.Encrypt(samples, sizes, maps);
    }
}
