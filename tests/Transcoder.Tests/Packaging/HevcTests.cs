using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Tests.Packaging;

public sealed class HevcTests
{
    private readonly VideoSample _title = new(24, VideoCodec.Hevc);

    [Theory]
    // ISO/IEC 14496-15, E.3, and the strings of Apple's HLS authoring specification.
    [InlineData("01 60000000 B00000000000 5D", "hvc1.1.6.L93.B0")]
    [InlineData("02 20000000 B00000000000 99", "hvc1.2.4.L153.B0")]
    [InlineData("22 20000000 900000000001 96", "hvc1.2.4.H150.90.0.0.0.0.1")]
    [InlineData("41 80000001 000000000000 1E", "hvc1.A1.80000001.L30")]
    public void Codecs_are_written_from_profile_tier_and_level(string profile, string codecs) =>
        Assert.Equal(codecs, HvcEntry.CodecsOf(Convert.FromHexString(profile.Replace(" ", "", StringComparison.Ordinal))));

    [Fact]
    public async Task Codecs_are_read_from_the_bitstream()
    {
        var packaged = await _title.PackageAsync(new MemoryBlobs(), 0, 144);

        // 160x90 at 24 frames a second in 500 kb/s: level 1, progressive frames (table A.8).
        Assert.Equal("hvc1.1.6.L60.90", packaged.Codecs);
    }

    [Theory]
    [InlineData(":open-gop=1")]
    [InlineData(":radl=2")]
    [InlineData(":keyint=50:min-keyint=50")]
    [InlineData(":keyint=40:min-keyint=40")]
    public async Task Gops_that_are_not_closed_or_not_on_the_grid_are_rejected(string parameters)
    {
        const string Base = "log-level=error:info=0:pools=none:keyint=48:min-keyint=48:scenecut=0:open-gop=0:bframes=3:b-adapt=0";
        var chunk = await _title.EncodeAsync(0, 144, "-x265-params", Base + parameters);
        await RejectsAsync("chunk_frame_count", chunk);
    }

    [Fact]
    public async Task A_picture_that_only_claims_to_be_a_key_picture_is_rejected()
    {
        var chunk = await _title.EncodeAsync(0, 144);
        var at = Mp4Edit.Find(chunk, "mdat", 1) + 8 + 4;
        foreach (var type in new[] { 1, 8, 16, 21 })
            await RejectsAsync("chunk_not_idr", Mp4Edit.With(chunk, at, (byte)(type << 1)));
    }

    [Fact]
    public async Task A_configuration_that_contradicts_its_parameter_sets_is_rejected()
    {
        var chunk = await _title.EncodeAsync(0, 144);
        var level = Mp4Edit.Find(chunk, "hvcC", 0) + 8 + 12;
        await RejectsAsync("chunk_codec", Mp4Edit.With(chunk, level, 93));
    }

    [Fact]
    public async Task Parameter_sets_among_the_pictures_alone_are_rejected() =>
        await RejectsAsync("chunk_codec", await _title.EncodeAsync(0, 144, "-tag:v", "hev1"));

    [Fact]
    public async Task What_the_bitstream_says_of_light_is_in_the_sample_entry_too()
    {
        var chunk = await _title.EncodeAsync(
            0, 144, "-pix_fmt", "yuv420p10le", "-x265-params",
            "log-level=error:info=0:pools=none:keyint=48:min-keyint=48:scenecut=0:open-gop=0:max-cll=1000,400:"
                + "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)");
        var blobs = new MemoryBlobs();

        var packaged = await VideoSample.PackageAsync(blobs, chunk, _title.Chunk(0, 144));

        Assert.Equal("hvc1.2.4.L60.90", packaged.Codecs);
        var init = blobs.Stored[$"{_title.Folder}/init.mp4"];
        Assert.Equal(
            "33C286C41D4C0BB884D03E803D13404200989680" + "00000032",
            Convert.ToHexString(init.AsSpan(Mp4Edit.Find(init, "mdcv", 0) + 8, 24)));
        Assert.Equal("03E80190", Convert.ToHexString(init.AsSpan(Mp4Edit.Find(init, "clli", 0) + 8, 4)));
        var data = await Tool.FfprobeAsync(_title.Join(blobs, 0), "-show_entries", "stream_side_data=side_data_type,max_content");
        Assert.Contains(data, line => line.Contains("Content light level metadata,1000", StringComparison.Ordinal));
    }

    private async Task RejectsAsync(string code, byte[] media)
    {
        var blobs = new MemoryBlobs();
        var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(() => VideoSample.PackageAsync(blobs, media, _title.Chunk(0, 144)));
        Assert.Equal(code, rejected.Code);
        Assert.Empty(blobs.Stored);
    }
}
