using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Numbers;

namespace FlickStream.Origin.Bench;

/// <summary>A ten-minute title of five rungs, as the encoder would leave it; only what is fetched has bytes.</summary>
internal static class Title
{
    public const string AssetId = "bench";
    private const string Revision = "1";
    private const int Segments = 100;
    private const int SegmentBytes = 1_000_000;

    /// <summary>What is fetched.</summary>
    public const string Segment = "v540/7.m4s";

    public static async Task PutAsync(IDocuments documents, IBlobs blobs, TimeProvider time)
    {
        await documents.Set(Asset.Schema).InsertAsync(AssetId, new Asset
        {
            Id = AssetId,
            State = AssetState.Accepted,
            Title = "Bench",
            FileName = "bench.mp4",
            SizeBytes = 1,
            MasterKey = "masters/bench",
            CreatedAt = time.GetUtcNow(),
        });
        var presentation = new Presentation
        {
            AssetId = AssetId,
            Revision = Revision,
            State = PresentationState.Ready,
            Grid = new SegmentGrid(new Rational(30, 1), 60, 180, [1, 1, 2, 4]),
            Frames = Segments * 180,
            Video =
            [
                new VideoRendition("v1080", 1920, 1080, "avc1.640028", 6_000_000, 30_000),
                new VideoRendition("v720", 1280, 720, "avc1.64001f", 3_000_000, 30_000),
                new VideoRendition("v540", 960, 540, "avc1.64001f", 2_000_000, 30_000),
                new VideoRendition("v360", 640, 360, "avc1.64001e", 365_000, 30_000),
                new VideoRendition("v234", 416, 234, "avc1.42c00d", 145_000, 30_000),
            ],
            Audio =
            [
                new AudioRendition("a1-128k", "audio-128k", "en", "English", true, 2, 48_000, "mp4a.40.2", 128_000),
                new AudioRendition("a1-40k", "audio-40k", "en", "English", true, 2, 48_000, "mp4a.40.2", 40_000),
            ],
            Thumbnail = new PixelSize(160, 90),
            CreatedAt = time.GetUtcNow(),
        };
        await documents.Set(Presentation.Schema).InsertAsync(AssetId, presentation);
        var names = presentation.Video.Select(v => (v.Name, v.Timescale)).Concat(presentation.Audio.Select(a => (a.Name, Timescale: a.SampleRate)));
        await documents.Set(SegmentRun.Schema).InsertManyAsync([.. names.Select(track => Run(track.Name, track.Timescale))]);
        var bytes = new byte[SegmentBytes];
        new Random(1).NextBytes(bytes);
        await blobs.WriteAsync($"{Presentation.Folder(AssetId, Revision)}/{Segment}", new MemoryStream(bytes));
    }

    private static KeyValuePair<string, SegmentRun> Run(string rendition, int timescale) => new(
        SegmentRun.IdOf(AssetId, Revision, rendition, 0),
        new SegmentRun
        {
            AssetId = AssetId,
            Revision = Revision,
            Rendition = rendition,
            Chunk = 0,
            First = 0,
            Segments = [.. Enumerable.Repeat(new MeasuredSegment(SegmentBytes, 6L * timescale, [new IFrame(0, 9000, 6L * timescale)]), Segments)],
        });
}
