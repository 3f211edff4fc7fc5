using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Planning;

/// <summary>The title's frame rate, its segment grid and the ticks in which its segments count.</summary>
/// <param name="Grid">Shared by all rungs.</param>
/// <param name="Frames">Frames the title is expected to have.</param>
/// <param name="Timescale">Ticks a second.</param>
/// <param name="TicksPerFrame">Whole, so that no rounding ever adds up.</param>
internal sealed record GridPlan(SegmentGrid Grid, long Frames, int Timescale, int TicksPerFrame)
{
    private const int GopsPerSegment = 3;
    private const int ChunksBetweenKeyframes = 4;
    private const int MinTimescale = 10_000;
    private static readonly Rational Fastest = 60;

    // Below, browsers do not come to a title's end (at one a second Chromium's clock ran on for two seconds), and segments not near to six.
    private static readonly Rational Slowest = 5;
    private static readonly Rational Smooth = 45;

    private static readonly Rational[] StandardRates =
    [
        new(24000, 1001), 24, 25, new(30000, 1001), 30, 48, 50, new(60000, 1001), 60,
    ];

    /// <summary>This on the grid of an encoding that was cut into other chunks, or into a first segment as long as all others, as earlier versions
    /// did: so its parts need not be made again.</summary>
    public GridPlan Over(SegmentGrid current) =>
        Grid with { FirstFrames = current.FirstFrames, ChunkSegments = current.ChunkSegments } == current ? this with { Grid = current } : this;

    public static GridPlan For(MediaReport media) => media.Video is { } video ? For(video) : ForSound(media);

    /// <summary>Sound alone is cut as beside a picture of 25 frames a second, so that all that counts segments counts these too.</summary>
    private static GridPlan ForSound(MediaReport media)
    {
        var start = media.Audio.Min(track => track.StartSeconds);
        var frames = Math.Max(1, (long)Math.Ceiling(25 * (media.Audio.Max(track => track.StartSeconds + track.DurationSeconds) - start)));
        var segment = 2 * 25 * GopsPerSegment;
        return new GridPlan(new SegmentGrid(25, 2 * 25, segment, ChunkSizes((frames + segment - 1) / segment)), frames, 25 * 400, 400);
    }

    private static GridPlan For(VideoReport video)
    {
        var rate = RateOf(video);
        // So a segment lasts more than 5.5 and less than 6.5 s (HLS Authoring Specification 7.6).
        var gop = (int)(rate * new Rational(6, GopsPerSegment)).Round();
        var frames = Math.Max(1, (long)Math.Round(video.DurationSeconds * rate.Value));
        // A count is exact where a duration is rounded; one that is far from it tells of lost frames, whose places are filled.
        if (!video.IsVariableRate && video.FrameRate > 0 && video.Frames is { } counted and > 0
            && Math.Max(1, (rate / video.FrameRate * counted).Round()) is var exact && Math.Abs(exact - frames) <= 2)
        {
            frames = exact;
        }

        var scale = Math.Max(1, (MinTimescale + rate.Numerator - 1) / rate.Numerator);
        var segment = gop * GopsPerSegment;
        var segments = (frames + segment - 1) / segment;
        var apart = (long)((video.GopSeconds ?? 0) * rate.Value / segment);
        return new GridPlan(
            WithoutRest(new SegmentGrid(rate, gop, segment, [1, .. ChunkSizes(segments, apart)], FirstFrames: gop), frames),
            frames,
            checked((int)(rate.Numerator * scale)),
            checked((int)(rate.Denominator * scale)));
    }

    /// <summary>The source's own rate when it has one that a segment clock can count, at most 60 a second; of fields one frame each,
    /// and of telecined film the film's.</summary>
    private static Rational RateOf(VideoReport video)
    {
        if (video.IsTelecined) return Pulldown.FilmRate;
        var rate = video.FrameRate;
        if (video.IsVariableRate || rate <= 0) rate = video.MotionRate ?? Nearest(rate);
        if (video.IsInterlaced) rate *= 2;
        rate = NotTooFast(rate);
        // Slide shows: each picture is repeated.
        while (rate < Slowest) rate *= 2;
        // Numbers such as 15360000/512001 come from rounded durations; their ticks would not fit a timescale.
        return rate.Numerator > 1_000_000 || rate.Denominator > 100_000 ? Nearest(rate) : rate;
    }

    /// <summary>One frame of so many, evenly, where that leaves enough of the motion: 120 becomes 60, 144 becomes 48. Else, as of 60.1 or 75,
    /// frames are dropped where 60 have no place for them.</summary>
    private static Rational NotTooFast(Rational rate)
    {
        if (rate <= Fastest) return rate;
        var part = rate / (rate / Fastest).Ceiling();
        return part < Smooth ? Fastest : part;
    }

    private static Rational Nearest(Rational average) =>
        StandardRates.MinBy(standard => Math.Abs(standard.Value - average.Value));

    /// <summary>
    /// Segments a chunk, behind the one GOP with which playback begins. The first are short, so that it goes on. Later sizes weigh what
    /// a chunk costs (a process, a seek, and decoding from the keyframe before it: about 1 s of CPU where those are 10 s apart) against
    /// what cores wait for each other at the end (up to a chunk): in a short title a chunk takes a third of what is left, so that they
    /// shrink towards the end; an hour takes 4 throughout, more takes 8.
    /// </summary>
    /// <param name="segments">Of the title.</param>
    /// <param name="apart">Segments between two keyframes of the master, at most.</param>
    private static List<int> ChunkSizes(long segments, long apart = 0)
    {
        if (apart / ChunksBetweenKeyframes > 8) return FarApart((int)Math.Min(apart, segments) / ChunksBetweenKeyframes);
        if (segments > 600) return [1, 1, 2, 4, 8];
        if (segments > 40) return [1, 1, 2, 4];
        List<int> sizes = [1, 1];
        for (var left = segments - 2; left > 0; left -= sizes[^1]) sizes.Add((int)Math.Min(4, (left + 2) / 3));
        return sizes;
    }

    /// <summary>The same where the last chunk is at least a GOP long: so many frames may be missing at a master's end (<see cref="Chunk.IsLast"/>), where the
    /// chunk before could not do without one. A shorter rest is that chunk's.</summary>
    private static SegmentGrid WithoutRest(SegmentGrid grid, long frames)
    {
        var chunks = grid.ChunkCount(frames);
        if (chunks == 1 || frames - grid.FirstFrameOf(grid.FirstSegmentOf(chunks - 1)) >= grid.GopFrames) return grid;
        List<int> sizes = [.. grid.ChunkSegments.Take(chunks)];
        // Before chunks of one size, which are as many as there is room for, one segment more leaves none over.
        sizes[Math.Min(chunks, sizes.Count) - 2]++;
        if (sizes.Count == chunks) sizes.RemoveAt(chunks - 1);
        return grid with { ChunkSegments = sizes };
    }

    /// <summary>A chunk is decoded from the keyframe before it, so that with chunks of one size the work would grow with the square of the
    /// way between keyframes. Each is as long as all before it, up to a quarter of that way: a picture is decoded about three times,
    /// and four cores have something to do.</summary>
    private static List<int> FarApart(int most)
    {
        List<int> sizes = [1, 1];
        for (var done = 2; sizes[^1] < most; done *= 2) sizes.Add(Math.Min(done, most));
        return sizes;
    }
}
