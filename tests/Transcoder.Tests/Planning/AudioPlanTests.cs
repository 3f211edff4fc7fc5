using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

public sealed class AudioPlanTests
{
    [Fact]
    public void Each_track_has_a_good_and_a_small_rendition_and_sound_around_a_third() => Assert.Equal(
        [
            "1 a1-128k audio-128k 1 en English True 2 128000", "1 a1-40k audio-40k 1 en English True 1 40000",
            "1 a1-384k audio-384k 1 en English True 6 384000",
            "2 a2-128k audio-128k 2 en English 2 False 1 64000", "2 a2-40k audio-40k 2 en English 2 False 1 40000",
            "3 a3-128k audio-128k 3  Director False 2 128000", "3 a3-40k audio-40k 3  Director False 1 40000",
        ],
        Of(Media.Audio(1, 6, "eng"), Media.Audio(2, 1, "eng"), Media.Audio(3, 2, null, "Director")).Select(a => a.Rendition is var r
            ? $"{a.StreamIndex} {r.Name} {r.Group} {r.Track} {r.Language} {r.Title} {r.IsDefault} {r.Channels} {r.BitsPerSecond}" : ""));

    [Theory]
    [InlineData(1, null, false)]
    [InlineData(4, "quad", false)]
    [InlineData(5, "5.0", true)]
    [InlineData(6, null, true)]
    [InlineData(8, "7.1", true)]
    [InlineData(8, null, true)]
    [InlineData(12, null, false)]
    public void Only_sound_around_is_kept_as_such(int channels, string? layout, bool isKept) =>
        Assert.Equal(isKept ? [2, 1, 6] : [Math.Min(channels, 2), 1], Of(Media.Audio(1, channels) with { Layout = layout }).Select(a => a.Rendition.Channels));

    [Theory]
    [InlineData("main main", 1)]
    [InlineData("commentary main main", 2)]
    [InlineData("main main*", 2)]
    [InlineData("commentary* main", 1)]
    [InlineData("commentary* main* dub*", 2)]
    [InlineData("description clearSpeech dub", 3)]
    [InlineData("description commentary", 1)]
    public void The_first_track_to_play_is_the_marked_one_else_one_for_all_viewers(string tracks, int first)
    {
        var audio = tracks.Split(' ').Select((track, i) => Media.Audio(i + 1) with
        {
            Role = Enum.Parse<AudioRole>(track.TrimEnd('*'), ignoreCase: true),
            IsDefault = track.EndsWith('*'),
        });
        Assert.Equal([first], Of([.. audio]).Where(a => a.Rendition.IsDefault).Select(a => a.Rendition.Track).Distinct());
    }

    [Fact]
    public void Viewers_read_a_language_and_what_a_track_is_for_where_the_master_has_no_title() => Assert.Equal(
        ["French", "English (commentary)", "Audio description", "xyz", "Audio 5", "Portuguese (BR)", "My mix"],
        Of(
            Media.Audio(1, 2, "fre"), Media.Audio(2, 2, "en") with { Role = AudioRole.Commentary },
            Media.Audio(3, 2, null) with { Role = AudioRole.Description }, Media.Audio(4, 2, "xyz"), Media.Audio(5, 2, "und"),
            Media.Audio(6, 2, "pt-br"), Media.Audio(7, 2, "de", "My mix")).Select(a => a.Rendition.Title).Distinct());

    [Fact]
    public void Tracks_beyond_the_limit_are_told()
    {
        var plan = EncodingPlan.For(Media.Of(audio: [Media.Audio(1), Media.Audio(2), Media.Audio(3)]), new PlanningOptions { MaxAudioTracks = 2 });
        Assert.Equal([1, 1, 2, 2], plan.Audio.Select(a => a.StreamIndex));
        Assert.Equal([1, 1, 3, 3], EncodingPlan.For(
            plan.Media with { Audio = [Media.Audio(1), Media.Audio(2), Media.Audio(3) with { IsDefault = true }] }, plan.Options).Audio.Select(a => a.StreamIndex));
        Assert.Equal(["sound_too_many"], plan.ToPresentation("asset", DateTimeOffset.UnixEpoch).Notices.Select(n => n.Code));
    }

    [Theory]
    [InlineData("a1-128k", "")]
    [InlineData(null, "a1-128k is at -20.1 LUFS.")]
    public void What_was_told_of_sound_that_is_taken_over_is_told_again(string? subject, string detail)
    {
        var media = Media.Of(audio: [Media.Audio()]);
        var made = EncodingPlan.For(media, new PlanningOptions { Loudness = "-16" });
        var notice = new ProblemReport("loudness_missed", "", detail) { Subject = subject };
        var current = made.ToPresentation("asset", DateTimeOffset.UnixEpoch) with { State = PresentationState.Ready, Notices = [notice] };

        Assert.Equal([notice], made.Over(current).ToPresentation("asset", DateTimeOffset.UnixEpoch, current).Notices);
        var other = EncodingPlan.For(media, new PlanningOptions { Loudness = "-23" }).Over(current);
        Assert.Empty(other.ToPresentation("asset", DateTimeOffset.UnixEpoch, current).Notices);
    }

    [Fact]
    public void Sound_alone_has_a_grid_of_its_own_and_no_steps_of_picture()
    {
        var plan = EncodingPlan.For(Media.Of(audio: [Media.Audio()]) with { Video = null }, new PlanningOptions());

        Assert.Equal(["audio-a1-128k", "audio-a1-40k", "publish"], plan.Steps().Select(s => s.Name));
        Assert.Equal((120, 20), (plan.DurationSeconds, plan.Grid.SegmentCount(plan.Frames)));
        var presentation = plan.ToPresentation("asset", DateTimeOffset.UnixEpoch);
        Assert.Empty(presentation.Video);
        Assert.Equal((null, null), (presentation.Sprites, presentation.Poster));
    }

    [Fact]
    public void Sound_alone_that_is_encoded_again_takes_over_all_that_is_equal()
    {
        var media = Media.Of(audio: [Media.Audio()]) with { Video = null, CoverStreamIndex = 1 };
        var made = EncodingPlan.For(media, new PlanningOptions());
        var current = made.ToPresentation("asset", DateTimeOffset.UnixEpoch) with { State = PresentationState.Ready, HasPoster = true };

        Assert.True(Reuse.IsAll(made.Over(current), current));
        var louder = EncodingPlan.For(media, new PlanningOptions { Loudness = "-16" }).Over(current);
        Assert.Equal(["audio-a1-128k", "audio-a1-40k", "publish"], louder.Steps().Select(s => s.Name));
    }

    [Fact]
    public void Cover_art_becomes_the_poster_of_sound_alone()
    {
        var plan = EncodingPlan.For(Media.Of(audio: [Media.Audio()]) with { Video = null, CoverStreamIndex = 1 }, new PlanningOptions());

        Assert.Contains("poster", plan.Steps().Select(s => s.Name));
        Assert.NotNull(plan.ToPresentation("asset", DateTimeOffset.UnixEpoch).Poster);
    }

    private static IReadOnlyList<AudioPlan> Of(params AudioReport[] audio) => AudioPlan.For(Media.Of(audio: audio), new PlanningOptions());
}
