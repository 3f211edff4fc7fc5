using System.Text.Json;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

public sealed class EncodingPlanTests
{
    [Fact]
    public void Steps_come_in_the_order_that_makes_the_title_playable()
    {
        var plan = EncodingPlan.For(Media.Of(seconds: 20, audio: [Media.Audio()]), new PlanningOptions());

        var steps = plan.Steps().ToList();

        Assert.Equal(
            [
                "video-0000-a", "video-0000-b", "audio-a1-128k", "audio-a1-40k", "poster", "video-0001-a", "video-0001-b", "video-0002-a",
                "video-0003-a", "video-0004-a", "video-0004-b", "publish",
            ],
            steps.Select(s => s.Name));
        Assert.Equal(Enumerable.Range(0, steps.Count), steps.Select(s => s.Rank));
        Assert.Equal(["video-0000-a", "video-0000-b", "audio-a1-128k", "audio-a1-40k"], steps.Where(s => s.MakesPlayable).Select(s => s.Name));
        Assert.Equal(plan.TotalWeight, steps.Sum(s => s.Weight));
    }

    [Theory]
    [InlineData(54, "video-0006-a")]
    [InlineData(60, "video-0007-a video-0007-b")]
    [InlineData(3599, "video-0152-a video-0152-b")]
    public void The_last_chunk_of_a_title_that_lasts_has_work_for_two_cores(double seconds, string last)
    {
        var plan = EncodingPlan.For(Media.Of(seconds: seconds), new PlanningOptions());

        var steps = plan.Steps().Where(s => s.Kind == StepKind.Video && s.Chunk == plan.ChunkCount - 1).ToList();

        Assert.Equal(last, string.Join(' ', steps.Select(s => s.Name)));
        Assert.Equal(plan.Rungs.Select(r => r.Name), steps.SelectMany(s => s.Renditions));
    }

    [Fact]
    public void Who_has_begun_waits_for_the_first_six_seconds_of_what_every_player_shows_and_of_no_title_that_can_be_watched_already()
    {
        var plan = EncodingPlan.For(Media.Of(seconds: 20, audio: [Media.Audio()]), new PlanningOptions { Hevc = true });
        string[] OfStart(EncodingPlan plan) => [.. plan.Steps().Where(s => s.IsOfStart).Select(s => s.Name)];

        Assert.Equal(["video-0000-a", "video-0000-b", "video-0001-a", "video-0001-b"], OfStart(plan));
        var current = plan.ToPresentation("asset", DateTimeOffset.UnixEpoch) with { State = PresentationState.Ready };
        Assert.Empty(OfStart(EncodingPlan.For(plan.Media, new PlanningOptions { Hevc = true, Quality = 30 }).Over(current)));
    }

    [Fact]
    public void Other_codecs_come_after_the_title_can_be_watched_to_its_end_and_wait_for_other_titles_that_cannot()
    {
        var plan = EncodingPlan.For(Media.Of(seconds: 10, audio: [Media.Audio()]), new PlanningOptions { Hevc = true, Av1 = true });

        var steps = plan.Steps().ToList();

        Assert.Equal(
            [
                "video-0000-a", "video-0000-b", "audio-a1-128k", "audio-a1-40k", "poster", "video-0001-a", "video-0001-b", "video-0002-a",
                "video-0000-hevc", "video-0001-hevc", "video-0002-hevc", "video-0000-av1", "video-0001-av1", "video-0002-av1", "publish",
            ],
            steps.Select(s => s.Name));
        Assert.Equal(6, steps.Count(s => s.JoinsLater));
        Assert.All(steps.Where(s => s.JoinsLater), s => Assert.False(s.MakesPlayable));
        Assert.Equal("v1080", plan.RungsOf(steps[0]).Single().Name);
        Assert.All(plan.RungsOf(steps[8]), r => Assert.Equal(VideoCodec.Hevc, r.Codec));
    }

    [Fact]
    public void Rungs_beyond_1080_lines_are_encoded_one_by_one()
    {
        var plan = EncodingPlan.For(Media.Of(3840, 2160, seconds: 6), new PlanningOptions { Hevc = true, MaxHeight = 2160 });

        Assert.Equal(
            ["video-0000-v2160-hevc", "video-0000-v1440-hevc", "video-0000-hevc"],
            plan.Steps().Where(s => s.JoinsLater && s.Chunk == 0).Select(s => s.Name));
        Assert.Equal(["v1440-hevc"], plan.Steps().Single(s => s.Name == "video-0000-v1440-hevc").Renditions);
    }

    [Fact]
    public void Every_chunk_gets_every_rung_and_the_sheets_that_end_in_it()
    {
        var plan = EncodingPlan.For(Media.Of(), new PlanningOptions { Hevc = true });

        foreach (var chunk in plan.Steps().Where(s => s.Kind == StepKind.Video).GroupBy(s => s.Chunk))
        {
            Assert.Equal(plan.Rungs.Select(r => r.Name), chunk.SelectMany(s => s.Renditions));
            Assert.Equal(chunk.Key == 0 ? 0 : 1, chunk.Count(s => s.MakesSprite));
        }

        var sheets = Enumerable.Range(0, plan.ChunkCount).Select(i => plan.SheetsOf(plan.Chunk(i))).Where(made => made.Count > 0);
        Assert.Equal(Enumerable.Range(0, 20), sheets.SelectMany(made => Enumerable.Range(made.First, made.Count)));
    }

    [Theory]
    [InlineData(1.5, "0+1")]
    [InlineData(2, "0+1")]
    [InlineData(3, "0+1")]
    [InlineData(4.5, "0+0 0+1")]
    [InlineData(6, "0+0 0+1")]
    [InlineData(7, "0+0 0+2")]
    [InlineData(8.5, "0+0 0+1 1+1")]
    public void A_sheet_is_made_once_however_short_the_title_is(double seconds, string sheets)
    {
        var plan = EncodingPlan.For(Media.Of(seconds: seconds), new PlanningOptions());

        var made = Enumerable.Range(0, plan.ChunkCount).Select(i => plan.SheetsOf(plan.Chunk(i)));
        Assert.Equal(sheets, string.Join(' ', made.Select(these => $"{these.First}+{these.Count}")));
    }

    [Fact]
    public void A_plan_survives_storage_and_stays_small()
    {
        var plan = EncodingPlan.For(Media.Of(seconds: 36000, audio: [Media.Audio(), Media.Audio(2, 6)]), new PlanningOptions());

        var json = JsonSerializer.Serialize(plan, JsonSerializerOptions.Web);
        var back = JsonSerializer.Deserialize<EncodingPlan>(json, JsonSerializerOptions.Web)!;

        Assert.InRange(json.Length, 1000, 8000);
        Assert.Equal(json, JsonSerializer.Serialize(back, JsonSerializerOptions.Web));
        Assert.Equal(
            plan.Steps().Select(s => JsonSerializer.Serialize(s, JsonSerializerOptions.Web)),
            back.Steps().Select(s => JsonSerializer.Serialize(s, JsonSerializerOptions.Web)));
    }

    [Fact]
    public void A_revision_names_what_is_made()
    {
        string Revision(PlanningOptions options, double seconds = 60) => EncodingPlan.For(Media.Of(seconds: seconds), options).Revision;

        Assert.Matches("^[0-9a-f]{16}$", Revision(new()));
        Assert.Equal(Revision(new()), Revision(new()));
        Assert.NotEqual(Revision(new()), Revision(new() { Quality = 22 }));
        Assert.NotEqual(Revision(new()), Revision(new(), 61));
    }

    [Fact]
    public void A_presentation_says_what_the_plan_makes()
    {
        var plan = EncodingPlan.For(Media.Of(audio: [Media.Audio()]), new PlanningOptions());

        var presentation = plan.ToPresentation("asset", DateTimeOffset.UnixEpoch);

        Assert.Equal((plan.Revision, 2880L, plan.Grid), (presentation.Revision, presentation.Frames, presentation.Grid));
        Assert.Equal(
            ["v1080 1920x1080  7800000 10008", "v720 1280x720  4500000 10008"],
            presentation.Video.Take(2).Select(v => $"{v.Name} {v.Width}x{v.Height} {v.Codecs} {v.BitsPerSecond} {v.Timescale}"));
        Assert.Equal(["a1-128k", "a1-40k"], presentation.Audio.Select(a => a.Name));
        Assert.Equal((160, 90), (presentation.Thumbnail.Width, presentation.Thumbnail.Height));
    }
}
