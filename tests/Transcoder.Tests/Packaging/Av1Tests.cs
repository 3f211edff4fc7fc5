using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Tests.Packaging;

public sealed class Av1Tests
{
    private readonly VideoSample _title = new(24, VideoCodec.Av1);

    [Theory]
    // AV1 in ISO base media, section 5, gives the first two as its examples.
    [InlineData(0, 4, false, 10, false, "110", "9 16 9", false, "av01.0.04M.10.0.110.09.16.09.0")]
    [InlineData(0, 5, true, 10, false, "112", "9 16 9", false, "av01.0.05H.10.0.112.09.16.09.0")]
    [InlineData(0, 1, false, 8, false, "110", "1 1 1", false, "av01.0.01M.08")]
    [InlineData(2, 13, false, 12, true, "110", "2 2 2", true, "av01.2.13M.12.1.110.02.02.02.1")]
    public void Codecs_are_written_from_the_sequence(
        int profile, int level, bool isHigh, int depth, bool isMonochrome, string chroma, string color, bool isFull, string codecs)
    {
        var parts = color.Split(' ').Select(int.Parse).ToList();
        var sequence = new Av1Sequence(
            profile, level, isHigh, depth, isMonochrome, (chroma[0] == '1', chroma[1] == '1', chroma[2] - '0'),
            (parts[0], parts[1], parts[2], isFull));

        Assert.Equal(codecs, sequence.Codecs);
    }

    [Theory]
    [InlineData("yuv420p", "bt709", "av01.0.00M.08")]
    [InlineData("yuv420p10le", "bt2020nc", "av01.0.00M.10.0.110.09.16.09.0")]
    public async Task Codecs_are_read_from_the_bitstream(string format, string matrix, string codecs)
    {
        var (primaries, transfer) = matrix == "bt709" ? ("bt709", "bt709") : ("bt2020", "smpte2084");
        var chunk = await _title.EncodeAsync(
            0, 144, "-pix_fmt", format, "-colorspace", matrix, "-color_primaries", primaries, "-color_trc", transfer, "-color_range", "tv");

        var packaged = await VideoSample.PackageAsync(new MemoryBlobs(), chunk, _title.Chunk(0, 144));

        Assert.Equal(codecs, packaged.Codecs);
    }

    [Fact]
    public async Task Key_frames_off_the_grid_are_rejected() =>
        await RejectsAsync("chunk_frame_count", await _title.EncodeAsync(0, 144, "-g", "50", "-svtav1-params", "lp=1:keyint=50:scd=0"));

    [Fact]
    public async Task A_sample_that_only_claims_to_be_a_key_frame_is_rejected()
    {
        var chunk = await _title.EncodeAsync(0, 144);
        // The first unit of a key sample is the sequence header, the next the frame, whose second and third bits tell its type.
        var sequence = Mp4Edit.Find(chunk, "mdat", 1) + 8;
        var frame = sequence + 2 + chunk[sequence + 1];
        var header = frame + 1;
        while (chunk[header] >= 0x80) header++;
        header++;
        Assert.Equal((0x0A, 0x32, 0x10), (chunk[sequence], chunk[frame], chunk[header] & 0xF0));

        // Not a key frame; a key frame for later; a frame shown before.
        foreach (var bits in new[] { 0x30, 0x00, 0x80 })
            await RejectsAsync("chunk_not_idr", Mp4Edit.With(chunk, header, (byte)(bits | (chunk[header] & 0x0F))));

        await RejectsAsync("chunk_not_idr", Mp4Edit.With(chunk, sequence, 0x7A));
        // A second sequence header that differs from the first in a frame's width.
        await RejectsAsync("chunk_codec", Mp4Edit.With(chunk, sequence + 7, (byte)(chunk[sequence + 7] ^ 1)));
    }

    [Fact]
    public async Task A_configuration_that_contradicts_its_sequence_header_is_rejected()
    {
        var chunk = await _title.EncodeAsync(0, 144);
        var config = Mp4Edit.Find(chunk, "av1C", 0) + 8;
        await RejectsAsync("chunk_codec", Mp4Edit.With(chunk, config + 1, 0x05));
    }

    [Fact]
    public async Task The_sample_entry_has_the_very_sequence_header_of_the_samples()
    {
        var blobs = new MemoryBlobs();
        await _title.PackageAsync(blobs, 0, 144);

        var (init, segment) = (blobs.Stored[$"{_title.Folder}/init.mp4"], blobs.Stored[$"{_title.Folder}/0.m4s"]);
        var inSample = segment.AsSpan(Mp4Edit.Find(segment, "mdat", 0) + 8);
        var inEntry = init.AsSpan(Mp4Edit.Find(init, "av1C", 0) + 8 + 4);
        var length = 2 + inSample[1];
        Assert.Equal(Convert.ToHexString(inSample[..length]), Convert.ToHexString(inEntry[..length]));
    }

    private async Task RejectsAsync(string code, byte[] media)
    {
        var blobs = new MemoryBlobs();
        var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(() => VideoSample.PackageAsync(blobs, media, _title.Chunk(0, 144)));
        Assert.Equal(code, rejected.Code);
        Assert.Empty(blobs.Stored);
    }
}
