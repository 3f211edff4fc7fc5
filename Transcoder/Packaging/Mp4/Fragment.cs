namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>One moof with its mdat: consecutive samples of the one track. <see cref="Data"/> lives until the next is read.</summary>
/// <param name="DecodeTime">tfdt: the first sample's decode time in ticks.</param>
/// <param name="Samples">In decode order; their sizes add up to <see cref="Data"/>.</param>
/// <param name="Data">The mdat's body.</param>
internal sealed record Fragment(ulong DecodeTime, IReadOnlyList<Sample> Samples, ReadOnlyMemory<byte> Data);

/// <param name="Size">Bytes.</param>
/// <param name="Duration">Ticks.</param>
/// <param name="Flags">ISO/IEC 14496-12, 8.8.3.1.</param>
/// <param name="CompositionOffset">Ticks from decode to composition time; may be negative.</param>
internal readonly record struct Sample(int Size, uint Duration, uint Flags, long CompositionOffset)
{
    public const uint SyncFlags = 0x0200_0000;
    public const uint NonSyncFlags = 0x0101_0000;

    public bool IsSync => (Flags & 0x0001_0000) == 0;
}
