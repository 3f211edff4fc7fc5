using System.Text.Json;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

public sealed class PerTitleLadderTests
{
    private static readonly PlanningOptions Options = new();

    public static TheoryData<string> Titles => ["slides", "grain"];

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_measured_title_gets_a_ladder_of_its_own(string title)
    {
        var media = Media.Of() with { Complexity = Measured(title) };

        var rungs = Ladder.For(media, 24, Options);

        Assert.All(rungs, r => Assert.InRange(r.Quality!.Value, 16, 36));
        Assert.Equal(rungs.Count, rungs.Select(r => r.Name).Distinct().Count());
        Assert.All(rungs.Zip(rungs.Skip(1)), pair =>
        {
            Assert.True(pair.First.Width >= pair.Second.Width, "Largest first.");
            Assert.True(pair.First.MaxBitsPerSecond > pair.Second.MaxBitsPerSecond, "Caps fall.");
        });
        Assert.True(rungs.Sum(r => r.Width * r.Height) < 1.9 * Ladder.For(Media.Of(), 24, Options).Sum(r => r.Width * r.Height), "Within the budget.");
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void Every_class_of_viewers_finds_a_rung_and_a_cellular_one_is_there(string title)
    {
        var rungs = Ladder.For(Media.Of() with { Complexity = Measured(title) }, 24, Options);

        Assert.Contains(rungs, r => r.Height is > 360 and <= 720);
        Assert.Contains(rungs, r => r.Height is > 240 and <= 480);
        Assert.Equal((416, 234), (rungs[^1].Width, rungs[^1].Height));
        Assert.InRange(rungs[^1].MaxBitsPerSecond, 1, 120_000);
    }

    [Fact]
    public void Easy_text_keeps_its_full_size_at_several_rates_and_says_so_in_names()
    {
        var rungs = Ladder.For(Media.Of() with { Complexity = Complexity.Slides }, 24, Options);

        Assert.Equal(["v1080", "v1080-2"], rungs.Where(r => r.Height == 1080).Select(r => r.Name).Take(2));
    }

    [Fact]
    public void Grain_that_would_starve_at_full_size_becomes_smaller()
    {
        var hard = Grain(12);

        var rungs = Ladder.For(Media.Of() with { Complexity = hard }, 24, Options);

        Assert.True(rungs[0].Height < 1080, $"{rungs[0]}");
        Assert.Equal(7_800_000, rungs[0].MaxBitsPerSecond);
    }

    [Fact]
    public void The_easiest_title_keeps_its_full_size()
    {
        var easiest = Complexity.Slides with
        {
            Points = [.. Complexity.Slides.Points.Select(p => p with { KeyBits = p.KeyBits / 50, FrameBits = p.FrameBits / 50 })],
        };

        var rungs = Ladder.For(Media.Of() with { Complexity = easiest }, 24, Options);

        Assert.Equal(1080, rungs[0].Height);
        Assert.Equal(234, rungs[^1].Height);
    }

    [Fact]
    public void A_size_that_is_there_twice_is_there_for_thinner_lines_too()
    {
        var rungs = Ladder.For(Media.Of() with { Complexity = Complexity.Slides }, 24, Options);

        var (dearer, cheaper) = (rungs[0], rungs.Single(r => r.Name == "v1080-2"));
        Assert.InRange(cheaper.MaxBitsPerSecond, 1, 0.7 * dearer.MaxBitsPerSecond);
    }

    [Theory]
    [InlineData("60", "8", false)]
    [InlineData("50", "25", true)]
    public void Frames_that_the_grid_repeats_or_makes_of_fields_do_not_make_a_title_harder(string grid, string sampled, bool isInterlaced)
    {
        var media = Media.Of() with { Complexity = Complexity.Grain };
        var (shown, rate) = (Media.Rate(grid), Media.Rate(sampled));

        var rungs = Ladder.For(
            media with { Video = media.Video! with { FrameRate = rate, IsVariableRate = !isInterlaced, IsInterlaced = isInterlaced } }, shown, Options);

        var even = Ladder.For(media with { Video = media.Video! with { FrameRate = rate } }, rate, Options);
        Assert.Equal(even.Select(r => (r.Name, r.Quality)), rungs.Select(r => (r.Name, r.Quality)));
    }

    [Fact]
    public void Telecined_film_keeps_the_table_since_its_samples_show_combed_frames()
    {
        var media = Media.Of() with { Complexity = Complexity.Slides };

        Assert.All(Ladder.For(media with { Video = media.Video! with { IsTelecined = true } }, 24, Options), r => Assert.Null(r.Quality));
    }

    [Fact]
    public void An_upright_title_gets_upright_rungs()
    {
        var turned = Complexity.Slides with
        {
            Width = 1080,
            Height = 1920,
            Points = [.. Complexity.Slides.Points.Select(p => p with { Width = p.Height, Height = p.Width })],
            Scaling = [.. Complexity.Slides.Scaling.Select(s => s with { Width = s.Height, Height = s.Width })],
        };

        var rungs = Ladder.For(Media.Of(1080, 1920) with { Complexity = turned }, 24, Options);

        Assert.All(rungs, r => Assert.True(r.Height > r.Width && r.Quality is not null));
    }

    [Fact]
    public void The_table_stays_where_it_is_wanted_or_nothing_was_measured_or_the_figures_make_no_sense()
    {
        string Names(MediaReport media, PlanningOptions options) =>
            string.Join(' ', Ladder.For(media, 24, options).Select(r => $"{r.Name} {r.Quality}"));
        var table = Names(Media.Of(), Options);
        var measured = Media.Of() with { Complexity = Complexity.Slides };
        var absurd = Complexity.Slides with { Points = [.. Complexity.Slides.Points.Select(p => p with { KeyBits = p.Crf, FrameBits = p.Crf })] };

        Assert.NotEqual(table, Names(measured, Options));
        Assert.Equal(table, Names(measured, Options with { PerTitle = false }));
        Assert.Equal(table, Names(measured with { Complexity = absurd }, Options));
    }

    [Fact]
    public void The_table_stays_where_the_titles_own_ladder_would_save_next_to_nothing()
    {
        Assert.All(Ladder.For(Media.Of() with { Complexity = Grain(5) }, 24, Options), r => Assert.Null(r.Quality));
    }

    [Fact]
    public void A_plan_encodes_each_rung_at_its_own_quality()
    {
        var plan = EncodingPlan.For(Media.Of() with { Complexity = Complexity.Slides }, Options);
        var step = plan.Steps().First(s => s.Kind == StepKind.Video && s.Renditions.Count == plan.Rungs.Count);

        var arguments = FfmpegArguments.ForVideo(plan, step, "/m", "/out").ToList();

        Assert.Equal(
            plan.Rungs.Select(r => r.Quality!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            arguments.Index().Where(a => a.Item == "-crf").Select(a => arguments[a.Index + 1]));
    }

    [Fact]
    public void A_rung_of_a_plan_that_was_stored_before_has_the_options_quality()
    {
        var old = JsonSerializer.Deserialize<Rung>(
            """{"name":"v360","width":640,"height":360,"maxBitsPerSecond":365000,"bufferBits":365000,"level":30}""", JsonSerializerOptions.Web)!;

        Assert.Equal(("v360", null), (old.Name, old.Quality));
    }

    /// <summary>Costs so many times as much, as film at a finer grain would.</summary>
    private static ComplexityReport Grain(double times) => Complexity.Grain with
    {
        Points = [.. Complexity.Grain.Points.Select(p => p with { KeyBits = times * p.KeyBits, FrameBits = times * p.FrameBits })],
    };

    private static ComplexityReport Measured(string title) => title == "slides" ? Complexity.Slides : Complexity.Grain;
}
