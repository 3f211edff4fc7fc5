using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

public sealed class LadderTests
{
    private const string FullHd = "1920x1080 1280x720 960x540 768x432 640x360 416x234";

    [Theory]
    [InlineData(1920, 1080, FullHd)]
    [InlineData(3840, 2160, FullHd)]
    [InlineData(1280, 720, "1280x720 960x540 768x432 640x360 416x234")]
    // Portrait: the box is turned, the picture is not.
    [InlineData(1080, 1920, "1080x1920 720x1280 540x960 432x768 360x640 234x416")]
    [InlineData(1080, 1080, "1080x1080 720x720 540x540 432x432 360x360 234x234")]
    // A film in scope is the 1080 it is called, not a picture between two rungs.
    [InlineData(1920, 804, "1920x804 1280x536 960x402 768x322 640x268 416x174")]
    // 900 shows notably more than 720, 760 does not.
    [InlineData(1600, 900, "1600x900 1280x720 960x540 768x432 640x360 416x234")]
    [InlineData(1352, 760, "1280x720 960x540 768x432 640x360 416x234")]
    [InlineData(1440, 1080, "1440x1080 960x720 720x540 576x432 480x360 312x234")]
    // Odd sides lose a line rather than gain one.
    [InlineData(853, 481, "852x480 766x432 640x360 416x234")]
    [InlineData(641, 361, "640x360 416x234")]
    // Small pictures are not blurred for a few lines; 400 show notably more than 360.
    [InlineData(640, 368, "640x368 406x234")]
    [InlineData(704, 396, "704x396 416x234")]
    [InlineData(320, 240, "320x240")]
    [InlineData(352, 288, "352x288 286x234")]
    // Smaller than the smallest rung: one rung, its own size.
    [InlineData(320, 180, "320x180")]
    [InlineData(101, 33, "100x32")]
    [InlineData(2, 2, "2x2")]
    public void A_ladder_keeps_the_shape_and_never_upscales(int width, int height, string sizes)
    {
        var rungs = Ladder.For(Media.Of(width, height), 24, new PlanningOptions());

        Assert.Equal(sizes, string.Join(' ', rungs.Select(r => $"{r.Width}x{r.Height}")));
        Assert.All(rungs, r => Assert.True(r.Width <= width && r.Height <= height && r.Width % 2 == 0 && r.Height % 2 == 0));
        Assert.Equal(rungs.Count, rungs.Select(r => r.Name).Distinct().Count());
        Assert.All(rungs.Zip(rungs.Skip(1)), pair => Assert.True(pair.First.MaxBitsPerSecond > pair.Second.MaxBitsPerSecond));
    }

    // A banner of 3840x320: 640x54 is too small for AV1.
    [Theory]
    [InlineData(3840, 320, "v160-hevc v106-hevc v80-hevc v64-hevc v54-hevc", "v160-av1 v106-av1 v80-av1 v64-av1", "")]
    [InlineData(96, 54, "v54-hevc", "", "av1")]
    [InlineData(14, 14, "", "", "hevc av1")]
    public void A_ladder_goes_without_sizes_that_its_encoder_refuses_and_says_so_when_none_is_left(
        int width, int height, string hevc, string av1, string told)
    {
        var plan = EncodingPlan.For(Media.Of(width, height), new PlanningOptions { Hevc = true, Av1 = true });
        string Names(VideoCodec codec) => string.Join(' ', plan.Rungs.Where(r => r.Codec == codec).Select(r => r.Name));

        Assert.Equal((hevc, av1), (Names(VideoCodec.Hevc), Names(VideoCodec.Av1)));
        Assert.NotEqual("", Names(VideoCodec.H264));
        var notices = plan.ToPresentation("a", DateTimeOffset.UnixEpoch).Notices.Where(n => n.Code == "picture_too_small");
        Assert.Equal(told, string.Join(' ', notices.Select(n => n.Subject)));
    }

    [Theory]
    [InlineData(ContentProtection.None, "")]
    [InlineData(ContentProtection.Aes128, "")]
    [InlineData(ContentProtection.Cbcs, "ladder_unprotectable av1")]
    public void A_ladder_that_cannot_be_encrypted_as_wanted_is_not_left_out_in_silence(ContentProtection protection, string told)
    {
        var plan = EncodingPlan.For(Media.Of(), new PlanningOptions { Av1 = true, Protection = protection });

        Assert.Equal(told != "", plan.Rungs.All(rung => rung.Codec != VideoCodec.Av1));
        Assert.Equal(told, string.Join(' ', plan.ToPresentation("a", DateTimeOffset.UnixEpoch).Notices.Select(n => $"{n.Code} {n.Subject}")));
    }

    [Theory]
    [InlineData(720, 576, "64/45", 0, "960x540")]
    [InlineData(1440, 1080, "4/3", 0, "1920x1080")]
    [InlineData(720, 480, "8/9", 0, "640x480")]
    [InlineData(1920, 1080, "1", 90, "1080x1920")]
    [InlineData(1440, 1080, "4/3", 270, "1080x1920")]
    [InlineData(640, 360, "1/4000", 0, "640x360")]
    public void Pixels_are_made_square_and_the_picture_is_turned_first(int width, int height, string aspect, int rotation, string top)
    {
        var rung = Ladder.For(Media.Of(width, height, aspect: aspect, rotation: rotation), 25, new PlanningOptions())[0];

        Assert.Equal(top, $"{rung.Width}x{rung.Height}");
    }

    [Fact]
    public void Rates_are_the_tables_and_lie_between_for_a_size_between()
    {
        int[] Rates(MediaReport media) => [.. Ladder.For(media, 24, new PlanningOptions()).Select(r => r.MaxBitsPerSecond)];

        Assert.Equal([7_800_000, 4_500_000, 2_000_000, 1_100_000, 365_000, 120_000], Rates(Media.Of()));
        Assert.Equal([5_985_000, 4_500_000, 2_000_000, 1_100_000, 365_000, 120_000], Rates(Media.Of(1600, 900)));
        Assert.Equal([365_000, 120_000], Rates(Media.Of(640, 368)));
        Assert.Equal([120_000], Rates(Media.Of(320, 240)));
    }

    [Theory]
    [InlineData("24", "640028 64001f 64001f 64001e 64001e 64000d")]
    [InlineData("60", "64002a 640020 640020 64001f 64001f 64001e")]
    public void Levels_follow_size_and_rate(string rate, string levels) => Assert.Equal(
        string.Join(' ', levels.Split(' ').Select(l => $"avc1.{l}")),
        string.Join(' ', Ladder.For(Media.Of(rate: rate), Media.Rate(rate), new PlanningOptions()).Select(r => r.ExpectedCodecs)));

    [Fact]
    public void The_largest_height_is_an_option() => Assert.Equal(
        ["v720", "v540", "v432", "v360", "v234"],
        Ladder.For(Media.Of(), 24, new PlanningOptions { MaxHeight = 720 }).Select(r => r.Name));

    [Fact]
    public void Other_codecs_have_ladders_of_their_own_after_h264s()
    {
        var rungs = Ladder.For(Media.Of(), 24, new PlanningOptions { Hevc = true, Av1 = true });

        Assert.Equal(
            [
                "v1080 7800000", "v720 4500000", "v540 2000000", "v432 1100000", "v360 365000", "v234 120000",
                "v1080-hevc 5800000", "v720-hevc 3400000", "v540-hevc 1600000", "v432-hevc 300000", "v360-hevc 120000",
                "v1080-av1 4350000", "v720-av1 2550000", "v540-av1 1200000", "v432-av1 225000", "v360-av1 90000",
            ],
            rungs.Select(r => $"{r.Name} {r.MaxBitsPerSecond}"));
        Assert.Equal([VideoCodec.H264, VideoCodec.Hevc, VideoCodec.Av1], rungs.Select(r => r.Codec).Distinct());
    }

    [Theory]
    [InlineData("smpte2084", VideoRange.Pq, "hdr10")]
    [InlineData("arib-std-b67", VideoRange.Hlg, "hlg")]
    public void Hevc_keeps_the_range_of_an_hdr_master_at_a_fifth_more(string transfer, VideoRange range, string suffix)
    {
        var rungs = Ladder.For(Media.Of(1280, 720, transfer: transfer), 24, new PlanningOptions { Hevc = true, Av1 = true });

        Assert.Equal(
            [$"v720-{suffix} 4080000", $"v540-{suffix} 1920000", $"v432-{suffix} 360000", $"v360-{suffix} 120000"],
            rungs.Where(r => r.Range == range).Select(r => $"{r.Name} {r.MaxBitsPerSecond}"));
        Assert.All(rungs, r => Assert.Equal(r.Codec == VideoCodec.Hevc ? range : VideoRange.Sdr, r.Range));
    }

    /// <summary>Dolby Vision 8.1 whose base layer does not say what it is.</summary>
    [Fact]
    public void What_inspection_found_makes_the_range_and_not_the_tag()
    {
        var untagged = Media.Of(640, 360) with { Video = Media.Of(640, 360).Video! with { Hdr = Media.HdrOf("smpte2084"), ColorTransfer = null } };

        Assert.Contains(Ladder.For(untagged, 24, new PlanningOptions { Hevc = true }), rung => rung.Range == VideoRange.Pq);
    }

    [Fact]
    public void Above_1080_lines_there_is_no_h264()
    {
        var rungs = Ladder.For(Media.Of(3840, 2160), 24, new PlanningOptions { Hevc = true, MaxHeight = 2160 });

        Assert.Equal(["v2160-hevc", "v1440-hevc", "v1080-hevc"], rungs.Where(r => r.Codec == VideoCodec.Hevc).Take(3).Select(r => r.Name));
        Assert.Equal("v1080", rungs[0].Name);
    }

    [Theory]
    [InlineData(320, 180, 1080, "320x180")]
    [InlineData(480, 368, 1080, "480x368")]
    [InlineData(1920, 1080, 300, "534x300")]
    [InlineData(2304, 1296, 2160, "2304x1296")]
    public void The_largest_rung_is_the_masters_or_the_options_size_though_no_row_has_it(int width, int height, int maxHeight, string top)
    {
        var rung = Ladder.For(Media.Of(width, height), 24, new PlanningOptions { Hevc = true, MaxHeight = maxHeight })
            .First(r => r.Codec == VideoCodec.Hevc);

        Assert.Equal(top, $"{rung.Width}x{rung.Height}");
    }
}
