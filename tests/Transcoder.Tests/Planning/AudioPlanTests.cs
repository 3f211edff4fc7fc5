using FlickStream.Platform.Contracts;
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
        Assert.Equal(["sound_too_many"], plan.ToPresentation("asset", DateTimeOffset.UnixEpoch).Notices.Select(n => n.Code));
    }

    private static IReadOnlyList<AudioPlan> Of(params AudioReport[] audio) => AudioPlan.For(Media.Of(audio: audio), new PlanningOptions());
}
