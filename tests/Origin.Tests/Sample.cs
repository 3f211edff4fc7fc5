using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Origin.Tests;

/// <summary>A title as values: 30 frames a second, GOPs of 60 frames, segments of 180, two rungs, two sound qualities of one
/// track.</summary>
internal static class Sample
{
    public const string AssetId = "asset1";
    public const string Revision = "rev1";

    /// <summary>Of a grant that leaves nothing out.</summary>
    public const int AnyHeight = int.MaxValue;

    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly SegmentGrid Grid = new(new Rational(30, 1), 60, 180, [1]);

    public static readonly Presentation Presentation = new()
    {
        AssetId = AssetId,
        Revision = Revision,
        State = PresentationState.Encoding,
        Grid = Grid,
        Frames = 600,
        Video =
        [
            new VideoRendition("v720", 1280, 720, "avc1.64001f", 3_000_000, 30_000),
            new VideoRendition("v234", 416, 234, "avc1.42c00d", 145_000, 30_000),
        ],
        Audio =
        [
            new AudioRendition("a1-128k", "audio-128k", "en", "English", true, 2, 48_000, "mp4a.40.2", 128_000),
            new AudioRendition("a1-40k", "audio-40k", "en", "English", true, 2, 48_000, "mp4a.40.2", 40_000),
        ],
        Thumbnail = new PixelSize(160, 90),
        HasPoster = true,
        CreatedAt = Start,
    };

    /// <summary>Frames a segment: the title's last one is short (600 = 180 + 180 + 180 + 60).</summary>
    private static readonly int[] Frames = [180, 180, 180, 60];

    /// <summary>AAC frames a sound segment.</summary>
    private static readonly int[] AacFrames = [281, 282, 281, 94];

    /// <summary>One segment of one rendition, as the encoder would report it.</summary>
    public static SegmentRun Run(string rendition, int segment) => new()
    {
        AssetId = AssetId,
        Revision = Revision,
        Rendition = rendition,
        Chunk = segment,
        First = segment,
        Segments =
        [
            rendition.StartsWith('v')
                ? Video(rendition, Frames[segment])
                : new MeasuredSegment(Bytes(rendition) * AacFrames[segment] / 281, AacFrames[segment] * 1024L, []),
        ],
    };

    public static MeasuredSegment Video(string rendition, int frames) =>
        new(Bytes(rendition) * frames / 180, frames * 1000L, IFrames(rendition, frames / 60));

    public static IReadOnlyList<SegmentRun> Runs(int segments, Presentation? presentation = null) =>
    [
        .. from rendition in (presentation ?? Presentation).Video.Select(v => v.Name).Concat((presentation ?? Presentation).Audio.Select(a => a.Name))
           from segment in Enumerable.Range(0, segments)
           select Run(rendition, segment),
    ];

    public static PresentationView View(int segments, PresentationState state = PresentationState.Encoding) =>
        PresentationView.Of(Presentation with { State = state }, Runs(segments));

    public static IReadOnlyList<string> Renditions { get; } = ["v720", "v234", "a1-128k", "a1-40k"];

    /// <summary>Bytes that differ from file to file and from place to place.</summary>
    public static byte[] Content(string name, int size)
    {
        var bytes = new byte[size];
        new Random(name.Sum(c => c * 31)).NextBytes(bytes);
        return bytes;
    }

    public static int Bytes(string rendition) => rendition switch
    {
        "v720" => 1_500_000,
        "v234" => 90_000,
        "v1440-hevc" => 2_000_000,
        "v720-hevc" => 1_000_000,
        _ when rendition.EndsWith("-384k", StringComparison.Ordinal) => 288_000,
        _ when rendition.EndsWith("-128k", StringComparison.Ordinal) => 96_000,
        _ => 30_000,
    };

    private static IReadOnlyList<IFrame> IFrames(string rendition, int gops) =>
        [.. Enumerable.Range(0, gops).Select(g => new IFrame(g * Bytes(rendition) / 3, Bytes(rendition) / 30, 60_000))];
}
