using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Tests.Inspection;

/// <summary>What is told of a master's sound: what each track is for, and what will not be heard.</summary>
public sealed class SoundNoticesTests : InspectionBench
{
    [Fact]
    public async Task Every_track_says_what_it_is_for()
    {
        var path = await MasterAsync(
            "roles.mkv", "25", 2,
            "-map", "0", "-map", "1", "-map", "1", "-map", "1", "-map", "1", "-map", "1", "-map", "1",
            "-disposition:a:0", "original", "-metadata:s:a:0", "language=eng", "-disposition:a:1", "comment", "-disposition:a:2", "visual_impaired", "-disposition:a:3", "hearing_impaired",
            "-metadata:s:a:4", "title=Director's Commentary", "-metadata:s:a:5", "title=Stereo 2.0", "-disposition:a:5", "default");
        var report = await AcceptedAsync(path);

        Assert.Equal(
            [AudioRole.Main, AudioRole.Commentary, AudioRole.Description, AudioRole.ClearSpeech, AudioRole.Commentary, AudioRole.Main],
            report.Audio.Select(a => a.Role));
        Assert.True(report.Audio[5].IsDefault);
        Assert.Null(report.Audio[5].Title);
        Assert.Equal("Director's Commentary", report.Audio[4].Title);
    }

    [Fact]
    public async Task Of_several_programmes_the_sound_of_the_chosen_picture_is_taken()
    {
        var path = await FfmpegAsync(
            "two.ts",
            [
                "-f", "lavfi", "-i", "testsrc2=size=160x92:rate=25:duration=2", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2", "-f", "lavfi", "-i", "sine=duration=2",
                "-map", "0", "-map", "2", "-map", "1", "-map", "2", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-metadata:s:a:0", "language=fra", "-metadata:s:a:1", "language=deu",
                "-program", "program_num=7:st=0:st=1", "-program", "program_num=9:st=2:st=3",
            ]);
        var report = await AcceptedAsync(path);

        Assert.Equal((320, "de"), (report.Video!.Width, Assert.Single(report.Audio).Language));
        Assert.Equal(("several_programs", "Of 2 programmes, number 9 is taken."), Assert.Single(report.Notices) is var notice ? (notice.Code, notice.Detail) : default);
    }

    [Theory]
    [InlineData(2, 0, null)]
    [InlineData(2.4, 0, null)]
    [InlineData(5, 0, "3 s after the last one")]
    [InlineData(2, 1, "1 s before the first picture")]
    public async Task Sound_that_will_be_cut_is_told(double seconds, double pictureLate, string? told)
    {
        var path = await FfmpegAsync(
            "long.mkv",
            [
                "-itsoffset", $"{pictureLate}", "-f", "lavfi", "-i", "testsrc2=size=160x92:rate=25:duration=2",
                "-f", "lavfi", "-i", $"sine=duration={seconds}:sample_rate=48000", "-map", "0", "-map", "1", "-c:v", "libx264", "-c:a", "pcm_s16le",
            ]);
        var notices = (await AcceptedAsync(path)).Notices;

        if (told is null) Assert.Empty(notices);
        else Assert.Contains(told, Assert.Single(notices, n => n.Code == "sound_outlasts_picture").Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channels_whose_places_are_guessed_and_single_channels_are_told()
    {
        var six = await SixAsync("-guess_layout_max", "0");
        Assert.Equal(["sound_layout_guessed"], (await AcceptedAsync(six)).Notices.Select(n => n.Code));
        var told = await SixAsync();
        Assert.Equal("5.1", Assert.Single((await AcceptedAsync(told)).Audio).Layout);

        var pair = await MasterAsync("pair.mov", "25", 2, "-map", "0", "-map", "1", "-map", "1", "-ac", "1");
        var joined = await AcceptedAsync(pair);
        Assert.Equal(("mono_tracks_joined", "Tracks 1, 2 as stereo."), Assert.Single(joined.Notices) is var notice ? (notice.Code, notice.Detail) : default);
        Assert.Equal((2, "stereo"), Assert.Single(joined.Audio) is var track ? (track.Channels, track.Layout) : default);
        var three = await MasterAsync("three.mov", "25", 2, "-map", "0", "-map", "1", "-map", "1", "-map", "1", "-ac", "1", "-metadata:s:a", "language=eng");
        Assert.Equal(["mono_tracks"], (await AcceptedAsync(three)).Notices.Select(n => n.Code));
        var languages = await MasterAsync(
            "mono.mov", "25", 2, "-map", "0", "-map", "1", "-map", "1", "-ac", "1", "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=fra");
        Assert.Empty((await AcceptedAsync(languages)).Notices);
    }

    private async Task<string> SixAsync(params string[] input)
    {
        var raw = await WriteAsync("six.raw", new string(' ', 2 * 48_000 * 12));
        return await FfmpegAsync(
            "six.mov",
            [
                "-f", "lavfi", "-i", "testsrc2=size=160x92:rate=25:duration=2", "-f", "s16le", "-ar", "48000", "-ac", "6", .. input, "-i", raw,
                "-c:v", "libx264", "-c:a", "copy",
            ]);
    }
}
