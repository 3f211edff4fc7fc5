using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Tests.Encryption;

namespace FlickStream.Transcoder.Tests.Packaging;

/// <summary>What is stored, under other keys: the very bytes that encoding would have given.</summary>
public sealed class ReprotectedRenditionTests
{
    private static readonly Dictionary<string, RenditionKey?> Keys = new()
    {
        ["clear"] = null, ["cbcs"] = TestKeys.Cbcs, ["other"] = TestKeys.OtherCbcs, ["aes"] = TestKeys.Aes128,
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("clear", "cbcs", VideoCodec.H264)]
    [InlineData("cbcs", "other", VideoCodec.H264)]
    [InlineData("cbcs", "clear", VideoCodec.H264)]
    [InlineData("aes", "cbcs", VideoCodec.H264)]
    [InlineData("cbcs", "aes", VideoCodec.H264)]
    [InlineData("cbcs", "other", VideoCodec.Hevc)]
    [InlineData("clear", "aes", VideoCodec.Av1)]
    public async Task Pictures(string before, string after, VideoCodec codec)
    {
        var (blobs, wanted) = (new MemoryBlobs(), new MemoryBlobs());
        var old = new VideoSample(24, codec) { Key = Keys[before] };
        var made = await old.PackageAsync(blobs, 1, 100);
        var expected = await (old with { Key = Keys[after] }).PackageAsync(wanted, 1, 100);

        var copied = await CopyAsync(blobs, old.Folder, "v90", before, after, made.Run, old.Chunk(1, 100).Grid.GopFrames, old.Chunk(1, 100).Delay);

        Assert.Equivalent(expected.Run.Segments, copied, strict: true);
        Assert.Equal(wanted.Stored[$"{old.Folder}/init.mp4"], blobs.Stored["copy/init.mp4"]);
        Assert.Equal(wanted.Stored[$"{old.Folder}/1.m4s"], blobs.Stored["copy/1.m4s"]);
    }

    [Theory]
    [InlineData("clear", "cbcs")]
    [InlineData("cbcs", "other")]
    [InlineData("aes", "clear")]
    public async Task Sound(string before, string after)
    {
        var (old, wanted) = (new AudioSample(2), new AudioSample(2));
        old = new AudioSample(2) { Track = old.Track with { Key = Keys[before] } };
        wanted = new AudioSample(2) { Track = wanted.Track with { Key = Keys[after] } };
        var media = await old.EncodeAsync(10);
        await old.PackageAsync(media);
        await wanted.PackageAsync(media);

        var copied = new List<MeasuredSegment>();
        foreach (var run in old.Runs) copied.AddRange(await CopyAsync(old.Blobs, old.Track.Folder, "a1", before, after, run));

        Assert.Equivalent(wanted.Runs.SelectMany(r => r.Segments), copied, strict: true);
        foreach (var name in new[] { "init.mp4", "0.m4s", "1.m4s" })
            Assert.Equal(wanted.Blobs.Stored[$"{old.Track.Folder}/{name}"], old.Blobs.Stored[$"copy/{name}"]);
    }

    [Fact]
    public async Task What_the_keys_do_not_open_is_not_copied()
    {
        var blobs = new MemoryBlobs();
        var made = await (new VideoSample(24) { Key = TestKeys.Aes128 }).PackageAsync(blobs, 1, 100);
        var wrong = new RenditionCopy("v90x", new VideoSample(24).Folder, "copy", TestKeys.Aes128, null);
        using var rendition = await ReprotectedRendition.BeginAsync(blobs, wrong, Ct);
        await Assert.ThrowsAsync<ChunkRejectedException>(() => rendition.CopyAsync(1, made.Run.Segments[0], Ct));
    }

    private static async Task<List<MeasuredSegment>> CopyAsync(
        MemoryBlobs blobs, string from, string name, string before, string after, SegmentRun run, int fragments = 1, uint delay = 0)
    {
        var copied = new List<MeasuredSegment>();
        using var rendition = await ReprotectedRendition.BeginAsync(
            blobs, new RenditionCopy(name, from, "copy", Keys[before], Keys[after], fragments, delay), Ct);
        foreach (var measured in run.Segments) copied.Add(await rendition.CopyAsync(run.First + copied.Count, measured, Ct));
        return copied;
    }
}
