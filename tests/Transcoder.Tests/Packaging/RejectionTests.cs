using System.Buffers.Binary;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Packaging;

namespace FlickStream.Transcoder.Tests.Packaging;

public sealed class RejectionTests
{
    private readonly VideoSample _title = new(24);

    [Fact]
    public async Task A_chunk_with_a_frame_too_few_or_too_many_is_rejected()
    {
        await RejectsAsync("chunk_frame_count", await _title.EncodeAsync(0, 143), 144);
        await RejectsAsync("chunk_frame_count", await _title.EncodeAsync(0, 145), 144);
    }

    [Fact]
    public async Task A_chunk_whose_key_pictures_are_not_on_the_grid_is_rejected()
    {
        await RejectsAsync("chunk_frame_count", await _title.EncodeAsync(0, 144, "-g", "50"), 144);
        await RejectsAsync("chunk_frame_count", await _title.EncodeAsync(0, 144, "-g", "40"), 144);
    }

    [Fact]
    public async Task A_chunk_at_another_rate_or_with_gaps_is_rejected()
    {
        await RejectsAsync("chunk_timeline", await _title.EncodeAsync(0, 144, "-video_track_timescale", "12000"), 144);
        await RejectsAsync("chunk_timeline", await _title.EncodeAsync(0, 144, "-bsf:v", "setts=ts=TS*2"), 144);
        await RejectsAsync("chunk_timeline", await _title.EncodeAsync(0, 144, "-use_editlist", "1", "-movflags", "-cmaf-negative_cts_offsets"), 144);
        var chunk = await _title.EncodeAsync(0, 144);
        await RejectsAsync("chunk_timeline", Mp4Edit.With(chunk, Mp4Edit.Find(chunk, "tfdt", 1) + 12 + 7, 1), 144);
    }

    [Fact]
    public async Task A_chunk_whose_pictures_depend_on_an_earlier_gop_is_rejected()
    {
        await RejectsAsync("chunk_not_idr", await _title.EncodeAsync(0, 144, "-x264-params", "open-gop=1"), 144);
    }

    [Fact]
    public async Task A_picture_that_only_claims_to_be_a_key_picture_is_rejected()
    {
        // The first NAL unit of the first sample of each fragment: sets, hints and the picture itself, whose type becomes 1.
        var chunk = await _title.EncodeAsync(0, 144);
        var at = Mp4Edit.Find(chunk, "mdat", 1) + 8;
        while ((chunk[at + 4] & 0x1F) != 5) at += 4 + BinaryPrimitives.ReadInt32BigEndian(chunk.AsSpan(at));
        await RejectsAsync("chunk_not_idr", Mp4Edit.With(chunk, at + 4, 0x61), 144);

        // And one that does not claim it: the first sample's flags in trun.
        var trun = Mp4Edit.Find(chunk, "trun", 1);
        await RejectsAsync("chunk_not_idr", Mp4Edit.With(chunk, trun + 20, 1, 1, 0, 0), 144);
    }

    [Fact]
    public async Task Another_profile_size_or_codec_is_rejected()
    {
        await RejectsAsync("chunk_codec", await _title.EncodeAsync(0, 144, "-profile:v", "main"), 144);
        await RejectsAsync("chunk_codec", await _title.EncodeAsync(0, 144, "-s", "128x72"), 144);
        await RejectsAsync("chunk_codec", await new AudioSample(1).EncodeAsync(3), 144);
    }

    [Fact]
    public async Task A_later_chunk_with_other_codec_parameters_is_rejected_and_leaves_no_segment()
    {
        var blobs = new MemoryBlobs();
        await _title.PackageAsync(blobs, 0, 144);
        var other = await _title.EncodeAsync(144, 144, "-crf", "40");
        var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(() => VideoSample.PackageAsync(blobs, other, _title.Chunk(1, 144)));
        Assert.Equal("init_differs", rejected.Code);
        Assert.Equal(2, blobs.Stored.Count);
    }

    [Fact]
    public async Task A_fragment_far_beyond_the_renditions_rate_is_rejected_before_it_is_read()
    {
        var chunk = await _title.EncodeAsync(0, 144);
        var mdat = Mp4Edit.Find(chunk, "mdat", 0);
        var size = BinaryPrimitives.ReadInt32BigEndian(chunk.AsSpan(mdat));
        var first = Mp4Edit.Find(chunk, "trun", 0) + 24;
        var sample = BinaryPrimitives.ReadInt32BigEndian(chunk.AsSpan(first));
        var huge = Mp4Edit.With(Mp4Edit.With(chunk, mdat, Bytes(size + (1 << 28))), first, Bytes(sample + (1 << 28)));
        await RejectsAsync("chunk_too_large", huge, 144);
    }

    [Fact]
    public async Task A_chunk_cut_off_anywhere_is_rejected()
    {
        var chunk = await _title.EncodeAsync(0, 144);
        for (var length = 0; length < chunk.Length; length += 1 + (length / 97))
        {
            var blobs = new MemoryBlobs();
            var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(
                () => VideoSample.PackageAsync(blobs, chunk[..length], _title.Chunk(0, 144)));
            Assert.Contains(rejected.Code, (string[])["chunk_malformed", "chunk_frame_count"]);
            Assert.Empty(blobs.Stored);
        }
    }

    [Theory]
    [InlineData("moov")]
    [InlineData("trak")]
    [InlineData("stsd")]
    [InlineData("avcC")]
    [InlineData("moof")]
    [InlineData("traf")]
    [InlineData("trun")]
    [InlineData("mdat")]
    public async Task A_box_that_lies_about_its_size_is_rejected(string type)
    {
        var chunk = await _title.EncodeAsync(0, 144);
        var at = Mp4Edit.Find(chunk, type, 0);
        var size = BinaryPrimitives.ReadUInt32BigEndian(chunk.AsSpan(at));
        foreach (var lie in new uint[] { 0, 1, 7, 8, size - 1, size + 1, 0x7FFF_FFFF, 0xFFFF_FFFF })
        {
            var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(
                () => VideoSample.PackageAsync(new MemoryBlobs(), Mp4Edit.With(chunk, at, Bytes((int)lie)), _title.Chunk(0, 144)));
            Assert.StartsWith("chunk_", rejected.Code, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Boxes_with_huge_64_bit_sizes_are_rejected_without_reading_them_into_memory()
    {
        foreach (var size in new ulong[] { ulong.MaxValue, 1UL << 63, 1UL << 62, 1UL << 40, 15 })
        {
            foreach (var type in new[] { "moov", "free", "moof" })
            {
                var bytes = new byte[32];
                bytes[3] = 1;
                System.Text.Encoding.ASCII.GetBytes(type).CopyTo(bytes, 4);
                BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), size);
                await Assert.ThrowsAsync<ChunkRejectedException>(
                    () => VideoSample.PackageAsync(new MemoryBlobs(), bytes, _title.Chunk(0, 144)));
            }
        }
    }

    [Fact]
    public async Task Ten_thousand_damaged_chunks_are_each_rejected_or_taken_and_nothing_else()
    {
        var chunk = await _title.EncodeAsync(0, 144);
        var random = new Random(20_260);
        var (rejected, before) = (0, GC.GetTotalAllocatedBytes());
        for (var i = 0; i < 10_000; i++)
        {
            var damaged = (byte[])chunk.Clone();
            // Most of the file is pictures; half of the damage is done where the structure is.
            var heads = new[] { 0, Mp4Edit.Find(chunk, "moof", 0), Mp4Edit.Find(chunk, "moof", 1), Mp4Edit.Find(chunk, "moof", 2) };
            for (var flips = random.Next(1, 9); flips > 0; flips--)
            {
                var at = random.Next(2) == 0 ? random.Next(chunk.Length) : heads[random.Next(4)] + random.Next(720);
                damaged[Math.Min(at, chunk.Length - 1)] = (byte)random.Next(256);
            }

            rejected += await IsRejectedAsync(damaged) ? 1 : 0;
        }

        Assert.InRange(rejected, 2_000, 9_999);
        // A chunk of some 50 kB is copied a few times; a believed size would show as gigabytes.
        Assert.InRange((GC.GetTotalAllocatedBytes() - before) / 10_000, 0, 3 << 20);
    }

    [Theory]
    [InlineData(VideoCodec.Hevc, "hvcC")]
    [InlineData(VideoCodec.Av1, "av1C")]
    public async Task Damaged_chunks_of_other_codecs_are_rejected_or_taken_and_nothing_else(VideoCodec codec, string config)
    {
        var title = new VideoSample(24, codec);
        var chunk = await title.EncodeAsync(0, 144);
        var (random, rejected) = (new Random(20_260), 0);
        int[] heads = [Mp4Edit.Find(chunk, config, 0), .. Enumerable.Range(0, 3).Select(i => Mp4Edit.Find(chunk, "mdat", i) + 8)];
        for (var i = 0; i < 1_500; i++)
        {
            var damaged = (byte[])chunk.Clone();
            for (var flips = random.Next(1, 5); flips > 0; flips--) damaged[heads[random.Next(4)] + random.Next(120)] = (byte)random.Next(256);
            try
            {
                await VideoSample.PackageAsync(new MemoryBlobs(), damaged, title.Chunk(0, 144));
            }
            catch (ChunkRejectedException)
            {
                rejected++;
            }
        }

        Assert.InRange(rejected, 300, 1_499);
    }

    [Fact]
    public async Task Damaged_sound_is_rejected_or_taken_and_nothing_else()
    {
        var encoded = await new AudioSample(1).EncodeAsync(3);
        var random = new Random(20_260);
        var rejected = 0;
        for (var i = 0; i < 3_000; i++)
        {
            var damaged = (byte[])encoded.Clone();
            for (var flips = random.Next(1, 9); flips > 0; flips--) damaged[random.Next(random.Next(2) == 0 ? 1200 : encoded.Length)] ^= (byte)random.Next(1, 256);
            try
            {
                await new AudioSample(1).PackageAsync(damaged);
            }
            catch (ChunkRejectedException)
            {
                rejected++;
            }
        }

        Assert.InRange(rejected, 500, 2_999);
    }

    private async Task<bool> IsRejectedAsync(byte[] media)
    {
        var blobs = new MemoryBlobs();
        try
        {
            await VideoSample.PackageAsync(blobs, media, _title.Chunk(0, 144));
            return false;
        }
        catch (ChunkRejectedException)
        {
            Assert.Empty(blobs.Stored);
            return true;
        }
    }

    private async Task RejectsAsync(string code, byte[] media, long frames)
    {
        var blobs = new MemoryBlobs();
        var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(() => VideoSample.PackageAsync(blobs, media, _title.Chunk(0, frames)));
        Assert.Equal(code, rejected.Code);
        Assert.Empty(blobs.Stored);
    }

    private static byte[] Bytes(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
