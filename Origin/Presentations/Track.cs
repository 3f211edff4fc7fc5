using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Origin.Presentations;

/// <summary>
/// The segments of one rendition that exist without a gap from segment 0. Flat arrays, because a two-hour title has some ten thousand
/// segments and many titles are kept in memory.
/// </summary>
internal sealed class Track
{
    private readonly Segment[] _segments;
    private readonly IFrameSpan[] _iframes;

    private Track(string name, MediaPart part, int timescale, int lastChunk, Segment[] segments, IFrameSpan[] iframes)
    {
        Name = name;
        Part = part;
        Timescale = timescale;
        LastChunk = lastChunk;
        _segments = segments;
        _iframes = iframes;
    }

    public string Name { get; }

    /// <summary>Where its media lie; an earlier encoding may have made them.</summary>
    public MediaPart Part { get; }

    /// <summary>Ticks a second.</summary>
    public int Timescale { get; }

    /// <summary>The chunk that its last segments are of; -1 while there are none.</summary>
    public int LastChunk { get; }

    public int Count => _segments.Length;

    public ReadOnlySpan<Segment> Segments => _segments;

    /// <summary>All segments' IDR pictures in order; <see cref="Segment.IFrames"/> says how many belong to each.</summary>
    public ReadOnlySpan<IFrameSpan> IFrames => _iframes;

    public static Track Empty(string name, MediaPart part, int timescale) => new(name, part, timescale, -1, [], []);

    public Rational Seconds(long ticks) => new(ticks, Timescale);

    /// <summary>This track with every run that continues it; runs behind a gap, or already known, are passed over.</summary>
    public Track With(IEnumerable<SegmentRun> runs)
    {
        var byFirst = runs.Where(r => r.Rendition == Name && r.Revision == Part.Revision && r.First >= Count).ToLookup(r => r.First);
        var lastChunk = LastChunk;
        List<Segment> segments = [.. _segments];
        List<IFrameSpan> iframes = [.. _iframes];
        while (byFirst[segments.Count].FirstOrDefault() is { Segments.Count: > 0 } run)
        {
            lastChunk = run.Chunk;
            foreach (var segment in run.Segments)
            {
                segments.Add(new Segment(segment.Bytes, segment.Ticks, segment.IFrames.Count));
                foreach (var iframe in segment.IFrames) iframes.Add(new IFrameSpan(iframe.Offset, iframe.Length, iframe.Ticks));
            }
        }

        return segments.Count == Count ? this : new Track(Name, Part, Timescale, lastChunk, [.. segments], [.. iframes]);
    }
}

/// <param name="Bytes">Size.</param>
/// <param name="Ticks">Duration.</param>
/// <param name="IFrames">IDR pictures in it.</param>
internal readonly record struct Segment(int Bytes, long Ticks, int IFrames);

/// <inheritdoc cref="IFrame"/>
internal readonly record struct IFrameSpan(int Offset, int Length, long Ticks);
