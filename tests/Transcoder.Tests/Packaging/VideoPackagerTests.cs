using System.Globalization;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;
using FlickStream.Transcoder.Packaging;

namespace FlickStream.Transcoder.Tests.Packaging;

public sealed class VideoPackagerTests
{
    public static TheoryData<string> Rates => ["24/1", "30000/1001", "60/1"];

    public static TheoryData<string, VideoCodec> Titles => new()
    {
        { "24/1", VideoCodec.H264 }, { "30000/1001", VideoCodec.H264 }, { "60/1", VideoCodec.H264 }, { "30000/1001", VideoCodec.Hevc },
        { "24/1", VideoCodec.Av1 },
    };

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task Segments_of_two_chunks_play_as_one_title_with_every_picture_in_its_place(string rate, VideoCodec codec)
    {
        var (blobs, title) = (new MemoryBlobs(), new VideoSample(Rational.TryParse(rate)!.Value, codec));
        var full = title.Grid.SegmentFrames;
        await title.PackageAsync(blobs, 0, full);
        var second = await title.PackageAsync(blobs, 1, full - title.Gop - 5);

        var pictures = await VideoSample.PicturesAsync(title.Join(blobs, 0, 1));
        Assert.Equal(full + second.Frames, pictures.Length);
        Assert.Equal(Enumerable.Range(0, pictures.Length).Select(i => (long)i * title.TicksPerFrame), pictures.Select(p => p.Time));

        var first = await VideoSample.PicturesAsync(await title.EncodeAsync(0, full));
        var rest = await VideoSample.PicturesAsync(await title.EncodeAsync(full, full - title.Gop - 5));
        Assert.Equal(first.Concat(rest).Select(p => p.Hash), pictures.Select(p => p.Hash));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public async Task Decode_times_go_on_from_segment_to_segment(string rate)
    {
        var (blobs, title) = (new MemoryBlobs(), new VideoSample(Rational.TryParse(rate)!.Value));
        await title.PackageAsync(blobs, 0, title.Grid.SegmentFrames);
        await title.PackageAsync(blobs, 1, title.Grid.SegmentFrames);
        var packets = await Tool.FfprobeAsync(title.Join(blobs, 0, 1), "-show_packets", "-show_entries", "packet=dts,duration,flags");
        var expected = Enumerable.Range(0, 2 * title.Grid.SegmentFrames).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{((long)i - 2) * title.TicksPerFrame},{title.TicksPerFrame},{(i % title.Gop == 0 ? "K" : "_")}_"));
        Assert.Equal(expected, packets);

        // A segment alone, after a seek, is at its own time.
        packets = await Tool.FfprobeAsync(title.Join(blobs, 1), "-show_packets", "-show_entries", "packet=pts");
        Assert.Equal($"{(long)title.Grid.SegmentFrames * title.TicksPerFrame}", packets[0]);
    }

    [Fact]
    public async Task The_measured_run_tells_sizes_durations_and_where_each_key_picture_lies()
    {
        var (blobs, title) = (new MemoryBlobs(), new VideoSample(24));
        var (run, frames, _) = await title.PackageAsync(blobs, 2, 144 + 48 + 7);
        Assert.Equal((2, 2, "v90", 199L), (run.Chunk, run.First, run.Rendition, frames));
        Assert.Equal([144_000L, 55_000L], run.Segments.Select(s => s.Ticks));
        Assert.Equal([48_000L, 7_000L], run.Segments[1].IFrames.Select(i => i.Ticks));
        Assert.Equal([3, 2], run.Segments.Select(s => s.IFrames.Count));
        Assert.All(run.Segments.Index(), s => Assert.Equal(blobs.Stored[$"{title.Folder}/{2 + s.Index}.m4s"].Length, s.Item.Bytes));
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.Hevc)]
    [InlineData(VideoCodec.Av1)]
    public async Task Each_key_picture_range_decodes_to_one_picture_the_right_one(VideoCodec codec)
    {
        var (blobs, title) = (new MemoryBlobs(), new VideoSample(24, codec));
        var (run, _, _) = await title.PackageAsync(blobs, 0, 144);
        var all = await VideoSample.PicturesAsync(title.Join(blobs, 0));
        foreach (var (i, frame) in run.Segments[0].IFrames.Index())
        {
            var bytes = blobs.Stored[$"{title.Folder}/0.m4s"].AsSpan(frame.Offset, frame.Length).ToArray();
            var pictures = await VideoSample.PicturesAsync([.. blobs.Stored[$"{title.Folder}/init.mp4"], .. bytes], isCut: true);
            Assert.Equal(all[i * 48], Assert.Single(pictures));
        }
    }

    [Fact]
    public async Task The_last_chunk_may_be_longer_or_shorter_within_its_tolerance()
    {
        var (blobs, title) = (new MemoryBlobs(), new VideoSample(24));
        var bytes = await title.EncodeAsync(144, 145);
        var packaged = await VideoSample.PackageAsync(blobs, bytes, title.Chunk(1, 140, tolerance: 5));
        Assert.Equal(145, packaged.Frames);
        Assert.Equal([144_000L, 1000L], packaged.Run.Segments.Select(s => s.Ticks));
        var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(
            () => VideoSample.PackageAsync(blobs, bytes, title.Chunk(1, 139, tolerance: 5)));
        Assert.Equal("chunk_frame_count", rejected.Code);
    }

    [Fact]
    public async Task Packaging_again_gives_the_same_bytes_and_the_same_run()
    {
        var (once, twice, title) = (new MemoryBlobs(), new MemoryBlobs(), new VideoSample(24));
        var first = await title.PackageAsync(once, 0, 144);
        var retried = await title.PackageAsync(once, 0, 144);
        await title.PackageAsync(twice, 0, 144);
        Assert.Equivalent(first, retried, strict: true);
        Assert.Equal(once.Stored.Keys.Order(), twice.Stored.Keys.Order());
        Assert.All(once.Stored, blob => Assert.Equal(blob.Value, twice.Stored[blob.Key]));
    }

    [Fact]
    public async Task A_segment_stored_by_another_encoder_version_stays_and_is_measured()
    {
        var (blobs, title) = (new MemoryBlobs(), new VideoSample(24));
        var other = await title.EncodeAsync(0, 144, "-me_range", "8");
        var before = await VideoSample.PackageAsync(blobs, other, title.Chunk(0, 144));
        var after = await title.PackageAsync(blobs, 0, 144);
        Assert.Equivalent(before, after, strict: true);
        Assert.NotEqual(other, await title.EncodeAsync(0, 144));
    }

    [Fact]
    public async Task A_foreign_blob_under_a_segments_key_is_not_counted()
    {
        var (blobs, title) = (new MemoryBlobs(), new VideoSample(24));
        blobs.Stored[$"{title.Folder}/0.m4s"] = [];
        var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(() => title.PackageAsync(blobs, 0, 144));
        Assert.Equal("segment_differs", rejected.Code);
    }
}
