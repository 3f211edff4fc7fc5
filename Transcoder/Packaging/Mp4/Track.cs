namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>What a moov says of its one track, as far as segments need it.</summary>
/// <param name="Id">Track id in the source; ours is always 1.</param>
/// <param name="Timescale">Ticks a second.</param>
/// <param name="HasEditList">The source maps its timeline onto another.</param>
/// <param name="Defaults">What a fragment may leave out (trex).</param>
/// <param name="Entry">The one sample entry.</param>
internal sealed record Track(uint Id, uint Timescale, bool HasEditList, SampleDefaults Defaults, SampleEntry Entry);

/// <param name="Duration">Ticks.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Flags">ISO/IEC 14496-12, 8.8.3.1.</param>
internal readonly record struct SampleDefaults(uint Duration, uint Size, uint Flags);

/// <param name="Codecs">RFC 6381.</param>
internal abstract record SampleEntry(string Codecs);

/// <param name="Esds">The whole esds box.</param>
internal sealed record AacEntry(string Codecs, int SampleRate, int Channels, byte[] Esds) : SampleEntry(Codecs);
