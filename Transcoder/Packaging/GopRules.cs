using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging;

/// <summary>What makes a fragment a GOP on the title's grid. Each rule rejects with its own code.</summary>
internal static class GopRules
{
    public static void RequireTrack(VideoChunk chunk, Track track)
    {
        var rendition = chunk.Rendition;
        if (track.Entry is not PictureEntry entry || CodecOf(entry) != rendition.Codec)
            throw Rejected(PackagingProblems.Codec, $"The track is {track.Entry.Codecs}; the rendition is {rendition.Codec}.");
        if (rendition.Codecs is not null && !string.Equals(entry.Codecs, rendition.Codecs, StringComparison.OrdinalIgnoreCase))
            throw Rejected(PackagingProblems.Codec, $"The codec is {entry.Codecs}; the rendition declares {rendition.Codecs}.");

        var fields = entry.Fields;
        if (fields.Width != rendition.Width || fields.Height != rendition.Height)
        {
            throw Rejected(
                PackagingProblems.Codec,
                $"The picture is {fields.Width}x{fields.Height}; the rendition declares {rendition.Width}x{rendition.Height}.");
        }

        if (TransferOf(rendition.Range) is { } transfer && fields.Transfer != transfer)
            throw Rejected(PackagingProblems.Codec, $"The picture's transfer is {fields.Transfer}; the rendition is in {rendition.Range}.");

        if (track.Timescale != rendition.Timescale)
        {
            throw Rejected(PackagingProblems.Timeline, $"The timescale is {track.Timescale}, not {rendition.Timescale}.");
        }

        if (track.HasEditList) throw Rejected(PackagingProblems.Timeline, "An edit list moves the timeline.");
    }

    /// <param name="frame">Number of the fragment's first frame, counted from the beginning of the file.</param>
    public static void Require(VideoChunk chunk, Track track, Fragment gop, long frame)
    {
        var ticks = chunk.TicksPerFrame;
        var number = frame / chunk.Grid.GopFrames;
        if (gop.DecodeTime != (ulong)(frame * ticks))
        {
            throw Rejected(PackagingProblems.Timeline, $"Fragment {number} starts at {gop.DecodeTime}; {frame * ticks} is its place.");
        }

        if (gop.Samples.Count > chunk.Grid.GopFrames)
        {
            throw Rejected(PackagingProblems.FrameCount, $"Fragment {number} has {gop.Samples.Count} frames; a GOP has {chunk.Grid.GopFrames}.");
        }

        RequireTimes(gop, ticks, chunk.Delay, number);
        RequirePictures(gop, (PictureEntry)track.Entry, number);
    }

    public static ChunkRejectedException Rejected(Platform.Problems.Problem problem, string detail) => new(problem, detail);

    // Every place of the GOP's own frame grid is shown exactly once. That is stricter than a dense timeline of the chunk: it also
    // proves that the GOP is closed.
    private static void RequireTimes(Fragment gop, uint ticks, uint delay, long number)
    {
        var shown = new bool[gop.Samples.Count];
        for (var i = 0; i < shown.Length; i++)
        {
            var sample = gop.Samples[i];
            if (sample.Duration != ticks)
            {
                throw Rejected(PackagingProblems.Timeline, $"Frame {i} of fragment {number} lasts {sample.Duration} ticks, not {ticks}.");
            }

            var (place, rest) = Math.DivRem((i * (long)ticks) + sample.CompositionOffset, ticks);
            if (sample.CompositionOffset < -(long)delay || rest != 0 || place < 0 || place >= shown.Length || shown[place])
            {
                throw Rejected(PackagingProblems.Timeline, $"Frame {i} of fragment {number} is shown off the grid or twice.");
            }

            shown[place] = true;
        }
    }

    private static void RequirePictures(Fragment gop, PictureEntry entry, long number)
    {
        var rest = gop.Data.Span;
        for (var i = 0; i < gop.Samples.Count; i++)
        {
            var sample = gop.Samples[i];
            var pictures = entry.PicturesOf(rest[..sample.Size]);
            rest = rest[sample.Size..];
            if (i == 0 && (pictures != Pictures.Key || !sample.IsSync))
            {
                throw Rejected(PackagingProblems.NotIdr, $"Fragment {number} starts with another picture.");
            }

            if (i > 0 && (pictures != Pictures.Inner || sample.IsSync))
            {
                throw Rejected(PackagingProblems.Malformed, $"Frame {i} of fragment {number} has no picture, or one that does not belong inside a GOP.");
            }
        }
    }

    /// <summary>transfer_characteristics of ISO/IEC 23091-2 that players must be told.</summary>
    private static int? TransferOf(VideoRange range) => range switch
    {
        VideoRange.Pq => 16,
        VideoRange.Hlg => 18,
        _ => null,
    };

    private static VideoCodec? CodecOf(PictureEntry entry) => entry switch
    {
        AvcEntry => VideoCodec.H264,
        HvcEntry => VideoCodec.Hevc,
        Av1Entry => VideoCodec.Av1,
        _ => null,
    };
}
