using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

public sealed class GridPlanTests
{
    [Theory]
    [InlineData("24", "24/1", 48, 10008, 417)]
    [InlineData("25", "25/1", 50, 10000, 400)]
    [InlineData("30", "30/1", 60, 10020, 334)]
    [InlineData("50", "50/1", 100, 10000, 200)]
    [InlineData("60", "60/1", 120, 10020, 167)]
    [InlineData("24000/1001", "24000/1001", 48, 24000, 1001)]
    [InlineData("30000/1001", "30000/1001", 60, 30000, 1001)]
    [InlineData("60000/1001", "60000/1001", 120, 60000, 1001)]
    [InlineData("120", "60/1", 120, 10020, 167)]
    [InlineData("144", "48/1", 96, 10032, 209)]
    [InlineData("90", "45/1", 90, 10035, 223)]
    // A game console's; 75 of a screen.
    [InlineData("39375000/655171", "60/1", 120, 10020, 167)]
    [InlineData("75", "60/1", 120, 10020, 167)]
    [InlineData("120000/1001", "60000/1001", 120, 60000, 1001)]
    [InlineData("15", "15/1", 30, 10005, 667)]
    [InlineData("5", "5/1", 10, 10000, 2000)]
    // Slides.
    [InlineData("1", "8/1", 16, 10000, 1250)]
    [InlineData("1/4", "8/1", 16, 10000, 1250)]
    [InlineData("5/11", "80/11", 15, 10000, 1375)]
    [InlineData("3", "6/1", 12, 10002, 1667)]
    [InlineData("15360000/512001", "30/1", 60, 10020, 334)]
    public void A_constant_rate_is_kept_exactly(string source, string rate, int gop, int timescale, int ticks)
    {
        var plan = GridPlan.For(Media.Of(rate: source));

        Assert.Equal(Media.Rate(rate), plan.Grid.FrameRate);
        Assert.Equal((gop, 3 * gop), (plan.Grid.GopFrames, plan.Grid.SegmentFrames));
        Assert.Equal((timescale, ticks), (plan.Timescale, plan.TicksPerFrame));
        Assert.Equal(plan.Grid.FrameRate, new Rational(plan.Timescale, plan.TicksPerFrame));
    }

    [Fact]
    public void No_rate_has_segments_of_less_than_5_5_or_more_than_6_5_seconds()
    {
        string[] between = ["20/11", "11/6", "24/13", "5/11", "10/11"];
        foreach (var rate in Enumerable.Range(100, 300).Concat(Enumerable.Range(400, 5600).Where(hundredths => hundredths % 7 == 0))
            .Select(hundredths => $"{hundredths}/100").Concat(between))
        {
            var grid = GridPlan.For(Media.Of(rate: rate)).Grid;
            Assert.InRange((grid.SegmentFrames / grid.FrameRate).Value, 5.5001, 6.4999);
            Assert.Equal(3 * grid.GopFrames, grid.SegmentFrames);
        }
    }

    [Theory]
    [InlineData("2931/100", "30000/1001")]
    [InlineData("239/10", "24000/1001")]
    [InlineData("7", "24000/1001")]
    [InlineData("0", "24000/1001")]
    [InlineData("91", "60/1")]
    public void A_variable_rate_becomes_the_nearest_standard_one(string average, string rate)
    {
        var plan = GridPlan.For(Media.Of(rate: average, isVariable: true, seconds: 61.5));

        Assert.Equal(Media.Rate(rate), plan.Grid.FrameRate);
        Assert.Equal((long)Math.Round(61.5 * plan.Grid.FrameRate.Value), plan.Frames);
    }

    [Fact]
    public void Uneven_frames_get_the_rate_of_their_motion_and_fields_a_frame_each()
    {
        VideoReport Video(string rate, bool isVariable = false) => Media.Of(rate: rate, isVariable: isVariable).Video!;
        GridPlan Plan(VideoReport video) => GridPlan.For(Media.Of() with { Video = video });

        Assert.Equal(Media.Rate("60000/1001"), Plan(Video("41", isVariable: true) with { MotionRate = Media.Rate("60000/1001") }).Grid.FrameRate);
        Assert.Equal((Media.Rate("50"), 6000), Plan(Video("25") with { IsInterlaced = true }) is var fields ? (fields.Grid.FrameRate, fields.Frames) : default);
        Assert.Equal(Media.Rate("24000/1001"), Plan(Video("30000/1001") with { IsTelecined = true }).Grid.FrameRate);
    }

    [Theory]
    [InlineData(2880, 2880)]
    [InlineData(2879, 2879)]
    // A tenth of the frames is missing: their places on the grid are filled.
    [InlineData(2592, 2880)]
    public void A_count_is_trusted_when_it_agrees_with_the_duration(long counted, long planned) =>
        Assert.Equal(planned, GridPlan.For(Media.Of(frames: counted)).Frames);

    [Theory]
    [InlineData(1, "24")]
    [InlineData(5.9, "25")]
    [InlineData(6.1, "30000/1001")]
    [InlineData(33, "24000/1001")]
    [InlineData(120, "24")]
    [InlineData(241, "60000/1001")]
    [InlineData(3600, "24")]
    [InlineData(36000, "50")]
    public void Every_frame_is_in_one_chunk_and_every_chunk_starts_on_a_segment(double seconds, string rate)
    {
        var plan = EncodingPlan.For(Media.Of(rate: rate, seconds: seconds), new PlanningOptions());
        var chunks = Enumerable.Range(0, plan.ChunkCount).Select(plan.Chunk).ToList();

        var (frame, segment) = (0L, 0);
        foreach (var chunk in chunks)
        {
            Assert.Equal((frame, segment), (chunk.FirstFrame, chunk.FirstSegment));
            Assert.Equal(plan.Grid.FirstFrameOf(segment), chunk.FirstFrame);
            Assert.Equal((chunk.Frames + plan.Grid.GopFrames - 1) / plan.Grid.GopFrames, chunk.Gops);
            Assert.Equal(chunk == chunks[^1], chunk.IsLast);
            (frame, segment) = (chunk.EndFrame, segment + chunk.Segments);
        }

        Assert.Equal((plan.Frames, plan.Grid.SegmentCount(plan.Frames)), (frame, segment));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Chunk(plan.ChunkCount));
    }

    [Fact]
    public void A_title_begins_with_one_gop_and_goes_on_as_if_its_first_segment_had_been_cut_in_two()
    {
        var grid = EncodingPlan.For(Media.Of(), new PlanningOptions()).Grid;

        Assert.Equal((48, 144, 48), (grid.GopFrames, grid.SegmentFrames, grid.FirstFrames));
        Assert.Equal([0L, 48, 144, 288, 432], Enumerable.Range(0, 5).Select(grid.FirstFrameOf));
        Assert.Equal([48, 96, 144, 144], Enumerable.Range(0, 4).Select(grid.FramesOf));
        Assert.Equal([0d, 2000, 6000], Enumerable.Range(0, 3).Select(grid.StartOf));
        Assert.Equal([0, 1, 1, 2, 2, 3, 3, 4], new[] { 0L, 1, 48, 49, 144, 145, 288, 289 }.Select(grid.SegmentCount));
        Assert.Equal([0, 1, 1, 2], new[] { 0L, 48, 144, 145 }.Select(grid.SheetCount));
    }

    [Fact]
    public void A_title_of_an_earlier_version_keeps_its_grid()
    {
        var plan = GridPlan.For(Media.Of());
        SegmentGrid earlier = plan.Grid with { FirstFrames = 0, ChunkSegments = [.. plan.Grid.ChunkSegments.Skip(1)] };

        Assert.Same(earlier, plan.Over(earlier).Grid);
        Assert.Same(plan.Grid, plan.Over(plan.Grid).Grid);
        Assert.Same(plan.Grid, plan.Over(earlier with { GopFrames = 50, SegmentFrames = 150 }).Grid);
        SegmentGrid otherChunks = earlier with { ChunkSegments = [1, 1, 8] };
        Assert.Same(otherChunks, plan.Over(otherChunks).Grid);
    }

    [Theory]
    [InlineData(1.5, new[] { 1 })]
    [InlineData(2.5, new[] { 2 })]
    [InlineData(4, new[] { 1, 1 })]
    [InlineData(6.5, new[] { 1, 2 })]
    [InlineData(8, new[] { 1, 1, 1 })]
    [InlineData(12.5, new[] { 1, 1, 2 })]
    [InlineData(120.5, new[] { 1, 1, 1, 4, 4, 4, 3, 2, 2 })]
    public void No_title_ends_in_a_chunk_of_less_than_a_gop(double seconds, int[] chunks)
    {
        var plan = EncodingPlan.For(Media.Of(seconds: seconds), new PlanningOptions());

        Assert.Equal(chunks, Enumerable.Range(0, plan.ChunkCount).Select(index => plan.Chunk(index).Segments));
    }

    [Theory]
    [InlineData(1, 3600)]
    [InlineData(240, 14400)]
    public void However_long_a_title_its_last_chunk_can_do_without_a_gop(int from, int to)
    {
        for (var seconds = from; seconds <= to; seconds += from)
        {
            var plan = EncodingPlan.For(Media.Of(seconds: seconds + 0.25), new PlanningOptions());
            var last = plan.Chunk(plan.ChunkCount - 1);
            Assert.True(last.FirstFrame == 0 || last.Frames >= plan.Grid.GopFrames, $"{seconds}: {last}");
            Assert.Equal(plan.Frames, Enumerable.Range(0, plan.ChunkCount).Sum(index => plan.Chunk(index).Frames));
        }
    }

    [Fact]
    public void A_short_title_ends_in_small_chunks_and_a_long_one_has_few()
    {
        int[] Sizes(double seconds) => [.. EncodingPlan.For(Media.Of(seconds: seconds), new PlanningOptions()) is var plan
            ? Enumerable.Range(0, plan.ChunkCount).Select(i => plan.Chunk(i).Segments) : []];

        Assert.Equal([1, 1, 1, 4, 4, 4, 2, 2, 1, 1], Sizes(120));
        Assert.Equal([1, 1, 1, 2, 4, 4], Sizes(3600)[..6]);
        Assert.InRange(Sizes(36000).Length, 700, 800);
    }

    [Theory]
    [InlineData(300, 300)]
    [InlineData(1800, 1800)]
    [InlineData(7200, 7200)]
    [InlineData(7200, 600)]
    [InlineData(36000, 1800)]
    public void However_far_apart_keyframes_are_a_picture_is_decoded_a_few_times(double seconds, double gopSeconds)
    {
        var media = Media.Of(seconds: seconds);
        var plan = EncodingPlan.For(media with { Video = media.Video! with { GopSeconds = gopSeconds } }, new PlanningOptions());
        var chunks = Enumerable.Range(0, plan.ChunkCount).Select(plan.Chunk).ToList();

        var gop = (long)(gopSeconds * 24);
        var decoded = chunks.Sum(chunk => chunk.Frames + (chunk.FirstFrame % gop));

        Assert.Equal(plan.Frames, chunks.Sum(chunk => chunk.Frames));
        Assert.InRange((double)decoded / plan.Frames, 1, 4);
        Assert.Equal([1, 1, 1, 2, 4], chunks[..5].Select(chunk => chunk.Segments));
        Assert.True(chunks.Count >= 5, "Several cores have something to do.");
    }
}
