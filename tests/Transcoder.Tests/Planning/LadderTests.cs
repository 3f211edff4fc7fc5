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
    }

    [Theory]
    [InlineData("24", "640028 64001f 64001f 64001e 64001e 64000d")]
    [InlineData("60", "64002a 640020 640020 64001f 64001f 64001e")]
    public void Levels_follow_size_and_rate(string rate, string levels) => Assert.Equal(
        string.Join(' ', levels.Split(' ').Select(l => $"avc1.{l}")),
        string.Join(' ', Ladder.For(Media.Of(rate: rate), Media.Rate(rate), new PlanningOptions()).Select(r => r.Codecs)));

    [Fact]
    public void The_largest_height_is_an_option() => Assert.Equal(
        ["v720", "v540", "v432", "v360", "v234"],
        Ladder.For(Media.Of(), 24, new PlanningOptions { MaxHeight = 720 }).Select(r => r.Name));
}
