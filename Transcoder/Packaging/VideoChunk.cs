using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;
using FlickStream.Transcoder.Keys;

namespace FlickStream.Transcoder.Packaging;

/// <summary>What one chunk of one rung must be.</summary>
/// <param name="AssetId">The title's.</param>
/// <param name="Revision">The plan's.</param>
/// <param name="Rendition">The rung.</param>
/// <param name="Grid">The title's.</param>
/// <param name="Chunk">Number of the chunk.</param>
/// <param name="ExpectedFrames">Frames planned for this chunk.</param>
/// <param name="FrameTolerance">How many frames more or fewer are still right. Zero for every chunk but the last, whose end is
/// known only once the master has been decoded.</param>
internal sealed record VideoChunk(
    string AssetId, string Revision, VideoRendition Rendition, SegmentGrid Grid, int Chunk, long ExpectedFrames, long FrameTolerance = 0)
{
    /// <summary>How the rendition is encrypted; null when it is not.</summary>
    public RenditionKey? Key { get; init; }

    public string Folder => $"{Presentation.Folder(AssetId, Revision)}/{Rendition.Name}";

    public int FirstSegment => Grid.FirstSegmentOf(Chunk);

    public uint TicksPerFrame => (Rendition.Timescale / Grid.FrameRate) is { Denominator: 1, Numerator: > 0 and <= int.MaxValue } ticks
        ? (uint)ticks.Numerator
        : throw new InvalidOperationException($"A frame of {Grid.FrameRate} is no whole number of ticks at {Rendition.Timescale}.");

    /// <summary>
    /// By how much pictures are composed after they are decoded: x264 and x265 reorder over two frames at most, and an AV1
    /// sample always shows a frame at once. Composition offsets are made
    /// positive by it and the init segment's edit list takes it off, so that segment n is presented at n segments exactly.
    /// </summary>
    /// <remarks>Signed offsets would do without an edit list, but ffmpeg's demuxer (5.1), and with it every player built on it, then
    /// shows pictures late by the largest negative offset: 83 ms at 24 frames a second, measured.</remarks>
    public uint Delay => Rendition.Codec == VideoCodec.Av1 ? 0 : 2 * TicksPerFrame;

    /// <summary>An encoder within its rate limit stays far below; one that writes more must not fill memory or the disk.</summary>
    public int MaxGopBytes => (int)Math.Min(
        64L << 20, (1L << 20) + (long)(new Rational(Rendition.BitsPerSecond, 8) * 10 * Grid.GopFrames / Grid.FrameRate).Value);
}

/// <param name="Run">What counts once every rung of the chunk has passed.</param>
/// <param name="Frames">Frames found.</param>
/// <param name="Codecs">RFC 6381, as the bitstream declares itself.</param>
internal sealed record PackagedChunk(SegmentRun Run, long Frames, string Codecs);
