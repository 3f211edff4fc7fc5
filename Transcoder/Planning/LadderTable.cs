using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Planning;

/// <summary>Which sizes a ladder has, and what each may take a second.</summary>
/// <param name="Codec">Of all its rungs.</param>
/// <param name="Range">Of all its rungs.</param>
/// <param name="Rows">Heights of 16:9 boxes, smallest first, with rates in bits a second.</param>
internal sealed record LadderTable(VideoCodec Codec, VideoRange Range, IReadOnlyList<(int Height, int Rate)> Rows)
{
    // Apple's HLS authoring specification; where it lists several rates for a size these are the highest: quality-driven encoding
    // spends less when the picture is easy. The smallest must stay under 146 kb/s over any segment, so that with its 40 kb/s sound
    // the variant fits a cellular 192 kb/s: a full buffer can add BufferBits to a segment of 6 s, hence 120 and not 145.
    private static readonly LadderTable H264 = new(VideoCodec.H264, VideoRange.Sdr,
        [(234, 120_000), (360, 365_000), (432, 1_100_000), (540, 2_000_000), (720, 4_500_000), (1080, 7_800_000)]);

    private static readonly LadderTable Hevc = new(VideoCodec.Hevc, VideoRange.Sdr,
    [
        (360, 120_000), (432, 300_000), (540, 1_600_000), (720, 3_400_000), (1080, 5_800_000), (1440, 8_100_000), (2160, 16_800_000),
    ]);

    // Apple lists no AV1; a quarter less than HEVC is what comparisons of the encoders find.
    private static readonly LadderTable Av1 = new(VideoCodec.Av1, VideoRange.Sdr, [.. Hevc.Rows.Select(row => (row.Height, row.Rate / 4 * 3))]);

    public int MaxHeight => Rows[^1].Height;

    /// <summary>Pixels of the shortest side that its encoder takes: x265 refuses less than 16, SVT-AV1 less than 64.</summary>
    public int MinSide => Codec switch { VideoCodec.Av1 => 64, VideoCodec.Hevc => 16, _ => 2 };

    /// <summary>What tells the names of its rungs from H.264's.</summary>
    public string Suffix => Range switch
    {
        VideoRange.Pq => "-hdr10",
        VideoRange.Hlg => "-hlg",
        _ when Codec != VideoCodec.H264 => $"-{Codec.ToString().ToLowerInvariant()}",
        _ => "",
    };

    /// <summary>The ladders a title gets, H.264's first. HEVC's is in HDR where the master is: what shows HDR decodes HEVC, and
    /// what shows SDR has the others.</summary>
    public static IEnumerable<LadderTable> Of(PlanningOptions options, VideoReport video)
    {
        yield return H264;
        if (options.Hevc) yield return RangeOf(video) is var range and not VideoRange.Sdr ? Hevc.InHdr(range) : Hevc;
        if (options.Av1) yield return Av1;
    }

    /// <summary>That are wanted of a title; none of one without a picture.</summary>
    public static IEnumerable<VideoCodec> CodecsOf(PlanningOptions options, MediaReport media) =>
        media.Video is { } video ? Of(options, video).Select(table => table.Codec) : [];

    private static VideoRange RangeOf(VideoReport video) => video.Hdr?.Transfer switch
    {
        HdrTransfer.Pq => VideoRange.Pq,
        HdrTransfer.Hlg => VideoRange.Hlg,
        // Reports of before light was looked at have the container's word alone.
        _ => video.ColorTransfer switch { "smpte2084" => VideoRange.Pq, "arib-std-b67" => VideoRange.Hlg, _ => VideoRange.Sdr },
    };

    /// <summary>A fifth more, by Apple's specification; the smallest row must fit its line all the same.</summary>
    private LadderTable InHdr(VideoRange range) =>
        this with { Range = range, Rows = [Rows[0], .. Rows.Skip(1).Select(row => (row.Height, row.Rate / 5 * 6))] };

    /// <summary>Between two rows, in proportion to the number of pixels.</summary>
    public int RateAt(Rational height)
    {
        var upper = Math.Max(1, Rows.TakeWhile(row => row.Height < height).Count());
        var (low, high) = (Rows[upper - 1], Rows[upper]);
        double Pixels(double h) => h * h;
        var part = (Pixels(height.Value) - Pixels(low.Height)) / (Pixels(high.Height) - Pixels(low.Height));
        return (int)Math.Round((low.Rate + (part * (high.Rate - low.Rate))) / 1000) * 1000;
    }
}
