using System.Text;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Tests.Board;
using FlickStream.Transcoder.Tests.Packaging;

namespace FlickStream.Transcoder.Tests.Encryption;

/// <summary>What <c>cbcs</c> encrypts, ffmpeg decrypts.</summary>
public sealed class CbcsTests
{
    private static readonly VideoSample Clear = new(24);
    private static readonly VideoSample Secret = Clear with { Key = TestKeys.Cbcs };

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.Hevc)]
    public async Task Pictures_are_the_same_with_the_key_and_others_without_it(VideoCodec codec)
    {
        var (clear, secret) = (new MemoryBlobs(), new MemoryBlobs());
        foreach (var (title, blobs) in new[] { (new VideoSample(24, codec), clear), (new VideoSample(24, codec) { Key = TestKeys.Cbcs }, secret) })
        {
            await title.PackageAsync(blobs, 0, 144);
            await title.PackageAsync(blobs, 1, 100);
        }

        var expected = await VideoSample.PicturesAsync(Clear.Join(clear, 0, 1));
        var media = Secret.Join(secret, 0, 1);
        Assert.Equal(expected, await VideoSample.PicturesAsync(media, key: TestKeys.Cbcs.Secret));

        // With the key the very same bytes; with one that is wrong in one bit hardly a picture's.
        var packets = await PacketsAsync(Clear.Join(clear, 0, 1), null);
        Assert.Equal(packets, await PacketsAsync(media, TestKeys.Cbcs.Secret));
        var wrong = (byte[])TestKeys.Cbcs.Secret.Clone();
        wrong[15] ^= 1;
        Assert.True((await PacketsAsync(media, wrong)).Intersect(packets).Count() < packets.Length / 10, "most pictures can be seen without the key");
    }

    [Theory]
    [InlineData("slices=3")]
    [InlineData("cabac=0:weightp=0")]
    [InlineData("bframes=3:weightb=1:ref=4:weightp=2:b-pyramid=normal")]
    public async Task However_x264_codes_pictures(string parameters)
    {
        var bytes = await Clear.EncodeAsync(0, 60, "-x264-params", $"open-gop=0:{parameters}");
        var (clear, secret) = (new MemoryBlobs(), new MemoryBlobs());
        await VideoSample.PackageAsync(clear, bytes, Clear.Chunk(0, 60));
        await VideoSample.PackageAsync(secret, bytes, Secret.Chunk(0, 60));
        Assert.Equal(
            await VideoSample.PicturesAsync(Clear.Join(clear, 0)),
            await VideoSample.PicturesAsync(Secret.Join(secret, 0), key: TestKeys.Cbcs.Secret));
    }

    [Fact]
    public async Task AV1_is_refused_because_its_tiles_are_not_found()
    {
        var av1 = new VideoSample(24, VideoCodec.Av1) { Key = TestKeys.Cbcs };
        var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(() => av1.PackageAsync(new MemoryBlobs(), 0, 48));
        Assert.Equal("chunk_codec", rejected.Code);
        var plan = EncodingPlan.For(BoardFixture.Media(), new PlanningOptions { Protection = ContentProtection.Cbcs, Av1 = true, Hevc = true });
        Assert.Equal([VideoCodec.H264, VideoCodec.Hevc], plan.Rungs.Select(rung => rung.Codec).Distinct().Order());
    }

    [Fact]
    public async Task Each_key_picture_range_decrypts_to_one_picture_the_right_one()
    {
        var blobs = new MemoryBlobs();
        var (run, _, _) = await Secret.PackageAsync(blobs, 0, 144);
        var all = await VideoSample.PicturesAsync(Secret.Join(blobs, 0), key: TestKeys.Cbcs.Secret);
        foreach (var (i, frame) in run.Segments[0].IFrames.Index())
        {
            var bytes = blobs.Stored[$"{Secret.Folder}/0.m4s"].AsSpan(frame.Offset, frame.Length).ToArray();
            var pictures = await VideoSample.PicturesAsync(
                [.. blobs.Stored[$"{Secret.Folder}/init.mp4"], .. bytes], isCut: true, key: TestKeys.Cbcs.Secret);
            Assert.Equal(all[i * 48], Assert.Single(pictures));
        }
    }

    [Fact]
    public async Task Packaging_again_gives_the_same_bytes_and_what_another_encoder_stored_stays()
    {
        var blobs = new MemoryBlobs();
        var other = await Clear.EncodeAsync(0, 144, "-me_range", "8");
        var before = await VideoSample.PackageAsync(blobs, other, Secret.Chunk(0, 144));
        Assert.Equivalent(before, await VideoSample.PackageAsync(blobs, other, Secret.Chunk(0, 144)), strict: true);
        Assert.Equivalent(before, await Secret.PackageAsync(blobs, 0, 144), strict: true);
    }

    [Fact]
    public async Task Sound_is_the_same_with_the_key()
    {
        var (clear, secret) = (new AudioSample(2), Secretly(new AudioSample(2)));
        var media = await clear.EncodeAsync(10);
        await clear.PackageAsync(media);
        await secret.PackageAsync(media);
        Assert.Equal(await AudioSample.DecodeAsync(clear.Join(0, 1)), await AudioSample.DecodeAsync(secret.Join(0, 1), TestKeys.Cbcs.Secret));
        Assert.Equal(clear.Runs[0].Segments[0].Ticks, secret.Runs[0].Segments[0].Ticks);
        Assert.NotEqual(clear.Join(0, 1), secret.Join(0, 1));
    }

    private static async Task<string[]> PacketsAsync(byte[] media, byte[]? key)
    {
        string[] decryption = key is null ? [] : ["-decryption_key", Convert.ToHexString(key)];
        // What looks into noise for a picture's size says so.
        var text = await Tool.FfmpegAsync(media, ["-v", "fatal", .. decryption, "-i", "pipe:0", "-map", "0:v", "-c", "copy", "-f", "framemd5", "-"]);
        return [.. Encoding.ASCII.GetString(text).Split('\n').Where(line => line is not ("" or ['#', ..])).Select(line => line.Split(',')[5])];
    }

    private static AudioSample Secretly(AudioSample sample) =>
        new(2) { Track = sample.Track with { Key = TestKeys.Cbcs } };
}
