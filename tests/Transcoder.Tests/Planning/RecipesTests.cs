using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>What has a rendition made again, and what does not.</summary>
public sealed class RecipesTests
{
    private static readonly string[] Pictures = ["v1080", "v720", "v234", "sprites", "poster"];
    private static readonly string[] Sound = ["a1-128k", "a1-40k"];

    [Fact]
    public void Another_master_changes_everything()
    {
        Assert.All([.. Pictures, .. Sound], part => Assert.NotEqual(Recipe(part), Recipe(part, source: "other")));
    }

    [Fact]
    public void The_encoders_options_change_the_pictures_that_they_are_for()
    {
        var quality = new PlanningOptions { Quality = 30 };

        Assert.All(["v1080", "v720", "v234"], part => Assert.NotEqual(Recipe(part), Recipe(part, quality)));
        Assert.All([.. Sound, "poster"], part => Assert.Equal(Recipe(part), Recipe(part, quality)));
    }

    [Fact]
    public void Rungs_above_and_below_do_not_matter_to_a_rung()
    {
        var low = new PlanningOptions { MaxHeight = 720 };

        Assert.All(["v720", "v234", "sprites", .. Sound], part => Assert.Equal(Recipe(part), Recipe(part, low)));
    }

    [Fact]
    public void A_release_that_makes_other_bytes_of_the_same_plan_changes_everything()
    {
        var plan = Plan();

        Assert.All(Recipes.Parts(plan), part => Assert.NotEqual(Recipes.Of(plan, part), Recipes.Of(plan with { Recipe = plan.Recipe + 1 }, part)));
    }

    [Fact]
    public void Sheets_of_another_length_are_other_sheets_though_the_first_looks_the_same()
    {
        var plan = Plan();

        Assert.NotEqual(Recipes.Of(plan, Recipes.Sprites), Recipes.Of(plan with { ThumbnailsPerSheet = 0 }, Recipes.Sprites));
    }

    /// <summary>The first chunk, by whose arguments parts are compared, was always read from the beginning.</summary>
    [Theory]
    [InlineData("mpegts", 12.1, true)]
    [InlineData("mpegts", 10.0, false)]
    [InlineData("mov,mp4,m4a,3gp,3g2,mj2", 12.1, false)]
    public void Pictures_of_a_master_that_was_read_too_late_are_made_again(string container, double gop, bool again)
    {
        var media = Media.Of(container: container, audio: [Media.Audio()]);
        EncodingPlan Known(double? seconds) => EncodingPlan.For(media with { Video = media.Video! with { LeadSeconds = seconds, GopSeconds = seconds } }, new PlanningOptions(), "master");

        Assert.Equal(again, Recipes.Of(Known(null), "v720") != Recipes.Of(Known(gop), "v720"));
        Assert.Equal(again, Recipes.Of(Known(null), Recipes.Sprites) != Recipes.Of(Known(gop), Recipes.Sprites));
        Assert.Equal(Recipes.Of(Known(null), "a1-128k"), Recipes.Of(Known(gop), "a1-128k"));
    }

    [Fact]
    public void Another_grid_changes_everything()
    {
        var (plan, longer) = (Plan(), EncodingPlan.For(Media.Of(seconds: 61, audio: [Media.Audio()]), new PlanningOptions(), "master"));

        Assert.All(Recipes.Parts(plan), part => Assert.NotEqual(Recipes.Of(plan, part), Recipes.Of(longer, part)));
    }

    [Fact]
    public void What_is_not_reused_is_made_once_in_each_chunk()
    {
        PlanningOptions[] all =
        [
            new(), new() { MaxHeight = 720 }, new() { Quality = 30 }, new() { MaxAudioTracks = 0 }, new() { MaxHeight = 234, Quality = 20 },
            new() { Hevc = true }, new() { Hevc = true, Av1 = true, MaxHeight = 720 },
        ];
        Assert.All(all.SelectMany(before => all, (before, after) => (before, after)), change =>
        {
            var current = Plan(change.before).ToPresentation("asset", DateTimeOffset.UnixEpoch);
            AssertMakesTheRest(Plan(change.after).Over(current with { State = PresentationState.Ready, HasPoster = true }));
        });
    }

    [Fact]
    public void What_guards_the_input_is_no_part_of_a_recipe()
    {
        string[] told = ["-v", "error", "-threads", "1", "-copyts", "-threads", "4", "-i", "in", "-v", "info", "-threads", "1", "out"];
        Assert.Equal(
            ["-copyts", "-i", "in", "-v", "info", "-threads", "1", "out"],
            Recipes.Shaping([.. MediaGuards.InputArguments, .. told]));
        Assert.Equal(
            ["-copyts", "-i", "in", "-v", "info", "-threads", "1", "out"],
            Recipes.Shaping(["-codec_whitelist", "h264,one_more", .. told]));
    }

    // Other digests have every library made again by its next migration: change them only when the bytes change.
    [Theory]
    [InlineData("v720", "f6871f34f71d9e2e")]
    [InlineData("a1-128k", "0bda3b2fb4ef881a")]
    [InlineData("poster", "d8b49995bdf776f8")]
    public void A_release_keeps_the_recipes_of_the_one_before(string part, string digest)
    {
        Assert.Equal(digest, Recipes.Of(Plan().Over(OfEarlierVersion()), part));
    }

    [Fact]
    public void Another_master_begins_as_soon_as_any_though_the_one_before_did_not()
    {
        var current = OfEarlierVersion();

        Assert.Same(current.Grid, Plan(new() { Hevc = true }).Over(current).Grid);
        var another = EncodingPlan.For(Media.Of(seconds: 6.5, audio: [Media.Audio()]), new PlanningOptions(), "another");
        Assert.Same(another.Grid, another.Over(current).Grid);
        Assert.Same(another.Grid, another.Over(OfShort(2.5)).Grid);
    }

    private static void AssertMakesTheRest(EncodingPlan plan)
    {
        var steps = plan.Steps().ToList();
        foreach (var chunk in Enumerable.Range(0, plan.ChunkCount))
        {
            var video = steps.Where(s => s.Kind == StepKind.Video && s.Chunk == chunk).ToList();
            Assert.Equal(
                plan.Rungs.Select(r => r.Name).Where(plan.Makes).Order(StringComparer.Ordinal),
                video.SelectMany(s => s.Renditions).Order(StringComparer.Ordinal));
            Assert.Equal(plan.Makes(Recipes.Sprites) && plan.SheetsOf(plan.Chunk(chunk)).Count > 0 ? 1 : 0, video.Count(s => s.MakesSprite));
        }

        Assert.Equal(
            plan.Audio.Select(a => a.Rendition.Name).Where(plan.Makes), steps.Where(s => s.Kind == StepKind.Audio).SelectMany(s => s.Renditions));
        Assert.Equal(plan.Makes(Recipes.Poster), steps.Any(s => s.Kind == StepKind.Poster));
    }

    private static string Recipe(string part, PlanningOptions? options = null, string source = "master") =>
        Recipes.Of(Plan(options, source), part);

    /// <summary>It begins with a segment as long as all others.</summary>
    private static Presentation OfEarlierVersion()
    {
        var plan = Plan();
        var even = plan.Grid with { FirstFrames = 0, ChunkSegments = [.. plan.Grid.ChunkSegments.Skip(1)] };
        return (plan with { Timeline = plan.Timeline with { Grid = even } }).ToPresentation("asset", DateTimeOffset.UnixEpoch) with
        {
            State = PresentationState.Ready, HasPoster = true,
        };
    }

    private static Presentation OfShort(double seconds) => EncodingPlan.For(Media.Of(seconds: seconds, audio: [Media.Audio()]), new PlanningOptions(), "short")
        .ToPresentation("asset", DateTimeOffset.UnixEpoch) with { State = PresentationState.Ready, HasPoster = true };

    private static EncodingPlan Plan(PlanningOptions? options = null, string source = "master") =>
        EncodingPlan.For(Media.Of(audio: [Media.Audio()]), options ?? new PlanningOptions(), source);
}
