using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;
using FlickStream.Transcoder.Keys;

namespace FlickStream.Transcoder.Packaging;

/// <summary>What one sound rendition must be, and where its segments are cut.</summary>
/// <param name="AssetId">The title's.</param>
/// <param name="Revision">The plan's.</param>
/// <param name="Rendition">The sound rendition.</param>
/// <param name="Grid">The title's.</param>
/// <param name="VideoSegments">Segments planned for the picture.</param>
internal sealed record AudioTrack(string AssetId, string Revision, AudioRendition Rendition, SegmentGrid Grid, int VideoSegments)
{
    /// <summary>Samples an AAC frame.</summary>
    public const int FrameSamples = 1024;

    /// <summary>How the rendition is encrypted; null when it is not.</summary>
    public RenditionKey? Key { get; init; }

    public string Folder => $"{Presentation.Folder(AssetId, Revision)}/{Rendition.Name}";

    /// <summary>Sound that outlasts the picture by no more than half a second joins the last segment, as HLS allows; a player would
    /// otherwise fetch a segment for a fraction of a second.</summary>
    public int TailFrames => Rendition.SampleRate / 2 / FrameSamples;

    /// <summary>AAC frames before segment <paramref name="segment"/>: the picture's boundary, to the nearest frame.</summary>
    public long FirstFrameOf(int segment) =>
        (Grid.FirstFrameOf(segment) / Grid.FrameRate * new Rational(Rendition.SampleRate, FrameSamples)).Round();

    public int FramesOf(int segment) => (int)(FirstFrameOf(segment + 1) - FirstFrameOf(segment));
}

/// <param name="Segments">Segments of the whole track.</param>
/// <param name="Samples">Samples of the whole track, a whole number of AAC frames.</param>
internal sealed record PackagedAudio(int Segments, long Samples);
