using FlickStream.Ingest.Inspection;
using FlickStream.Platform.Contracts;
using FlickStream.Tests.Shared;

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

    [Theory]
    [InlineData("stereo.mov", "pcm_s24le", false)]
    [InlineData("monos.mxf", "pcm_s24le", true)]
    [InlineData("stereo.mkv", "pcm_s32le", false)]
    public async Task Data_in_place_of_sound_is_left_out_and_told(string name, string codec, bool isApart)
    {
        var path = await FfmpegAsync(name, [.. await PictureAndSoundsAsync(), .. Maps(isApart), "-c:v", "mpeg2video", "-c:a", codec]);
        var report = await AcceptedAsync(path);

        var track = Assert.Single(report.Audio);
        Assert.Equal(isApart ? [1, 2] : [1], track.Parts.Count > 0 ? track.Parts : [track.StreamIndex]);
        Assert.Equal(
            isApart ? ["Track 4.", "Track 5."] : ["Track 3."],
            report.Notices.Where(notice => notice.Code == "sound_is_data").Select(notice => notice.Detail));
    }

    [Fact]
    public async Task Sound_in_one_channel_beside_data_in_two_is_kept()
    {
        var path = await FfmpegAsync(
            "mono.mov", [.. await PictureAndSoundsAsync(), "-map", "0", "-map", "1", "-map", "2", "-c:v", "mpeg2video", "-c:a", "pcm_s24le", "-ac:a:0", "1"]);

        Assert.Equal(1, Assert.Single((await AcceptedAsync(path)).Audio).StreamIndex);
    }

    [Fact]
    public void Sync_words_of_16_bits_in_one_channel_count_and_one_alone_does_not()
    {
        var bursts = new DataBursts(2);
        byte[] burst = [0, 0, 0, 0, 0, 0, 0x72, 0xF8, 0, 0, 0, 0, 0, 0, 0x1F, 0x4E];
        bursts.Add(burst);
        Assert.Empty(bursts.Channels);
        // Across two reads.
        bursts.Add(burst.AsSpan(0, 8));
        bursts.Add(burst.AsSpan(8));
        Assert.Equal([1], bursts.Channels);
    }

    [Fact]
    public async Task A_master_of_data_in_place_of_sound_alone_is_refused()
    {
        var path = await FfmpegAsync("alone.wav", ["-f", "s24le", "-ar", "48000", "-ac", "2", "-i", await BurstsAsync(), "-c:a", "pcm_s24le"]);

        Assert.Equal("unsupported_codec", (await RefusedAsync(path)).Code);
    }

    private Task<string> BurstsAsync() => WriteAsync("bursts.raw", DataBurstSample.Stereo(2));

    private async Task<IReadOnlyList<string>> PictureAndSoundsAsync() =>
    [
        "-f", "lavfi", "-i", "testsrc2=size=160x92:rate=25:duration=2", "-f", "lavfi", "-i", "anoisesrc=d=2:a=0.5:r=48000,aformat=channel_layouts=stereo",
        "-f", "s24le", "-ar", "48000", "-ac", "2", "-i", await BurstsAsync(),
    ];

    private static IReadOnlyList<string> Maps(bool isApart) => isApart
        ? [
            "-filter_complex", "[1]channelsplit[a][b];[2]channelsplit[c][d]", "-map", "0", "-map", "[a]", "-map", "[b]", "-map", "[c]", "-map", "[d]",
        ]
        : ["-map", "0", "-map", "1", "-map", "2"];

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
        else Assert.Contains($"Of track 2, {told}", Assert.Single(notices, n => n.Code == "sound_outlasts_picture").Detail!, StringComparison.Ordinal);
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
        Assert.Equal(("mono_tracks_joined", "Tracks 2, 3 as stereo."), Assert.Single(joined.Notices) is var notice ? (notice.Code, notice.Detail) : default);
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
