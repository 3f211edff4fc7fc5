using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Tests.Encryption;

namespace FlickStream.Transcoder.Tests.Packaging;

public sealed class ClearSegmentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ContentProtection.None, VideoCodec.H264)]
    [InlineData(ContentProtection.Aes128, VideoCodec.H264)]
    [InlineData(ContentProtection.Cbcs, VideoCodec.H264)]
    [InlineData(ContentProtection.Cbcs, VideoCodec.Hevc)]
    public async Task A_segment_shows_the_same_pictures_however_it_is_protected(ContentProtection protection, VideoCodec codec)
    {
        var clear = new VideoSample(24, codec);
        var kept = clear with
        {
            Key = protection switch { ContentProtection.Aes128 => TestKeys.Aes128, ContentProtection.Cbcs => TestKeys.Cbcs, _ => null },
        };
        var (open, stored) = (new MemoryBlobs(), new MemoryBlobs());
        await clear.PackageAsync(open, 1, 100);
        await kept.PackageAsync(stored, 1, 100);

        var read = await new ClearSegment(stored, kept.Folder, kept.Rendition, kept.Key).ReadAsync(1, Ct);

        Assert.Equal(await HashesAsync(clear.Join(open, 1)), await HashesAsync(read.ToArray()));
    }

    [Fact]
    public async Task One_that_is_not_stored_is_said_to_be_missing()
    {
        var missing = await Assert.ThrowsAsync<IOException>(
            () => new ClearSegment(new MemoryBlobs(), "media/a/r/v90", new VideoSample(24).Rendition, null).ReadAsync(0, Ct));
        Assert.Contains("media/a/r/v90/init.mp4", missing.Message, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> HashesAsync(byte[] media) => (await VideoSample.PicturesAsync(media)).Select(picture => picture.Hash);
}
