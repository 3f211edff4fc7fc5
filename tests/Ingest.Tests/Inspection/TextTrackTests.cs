using System.Text;
using FlickStream.Tests.Shared;

namespace FlickStream.Ingest.Tests.Inspection;

public sealed class TextTrackTests : InspectionBench
{
    private const string Cues = "1\n00:00:00,500 --> 00:00:01,000\nHello\n";

    [Fact]
    public async Task Tracks_of_text_are_told_with_language_purpose_and_name()
    {
        var cues = await WriteAsync("cues.srt", Cues);
        var report = await AcceptedAsync(await MuxAsync(
            "text.mkv",
            "-i", cues, "-i", cues, "-i", cues, "-map", "0", "-map", "1", "-map", "2", "-map", "3",
            "-c", "copy", "-c:s:0", "srt", "-c:s:1", "ass", "-c:s:2", "webvtt",
            "-metadata:s:s:0", "language=deu", "-metadata:s:s:0", "title=Deutsch\u0007", "-disposition:s:0", "forced",
            "-metadata:s:s:1", "language=und", "-metadata:s:s:1", "title=For the hearing-impaired", "-disposition:s:1", "default",
            "-metadata:s:s:2", "language=not a language", "-disposition:s:2", "hearing_impaired"));

        Assert.Equal(["subrip", "ass", "webvtt"], report.Text.Select(t => t.Codec));
        Assert.Equal([2, 3, 4], report.Text.Select(t => t.StreamIndex));
        Assert.Equal(["Deutsch", "For the hearing-impaired", null], report.Text.Select(t => t.Title));
        Assert.NotNull(report.Text[0].Language);
        Assert.Equal([null, null], report.Text.Skip(1).Select(t => t.Language));
        Assert.Equal([true, false, false], report.Text.Select(t => t.IsForced));
        Assert.Equal([false, true, true], report.Text.Select(t => t.IsHearingImpaired));
        Assert.Equal([false, true, false], report.Text.Select(t => t.IsDefault));
        Assert.Empty(report.Notices);
    }

    [Fact]
    public async Task Text_in_MP4_is_found()
    {
        var report = await AcceptedAsync(await MuxAsync("text.mp4", "-i", await WriteAsync("cues.srt", Cues), "-c", "copy", "-c:s", "mov_text"));
        Assert.Equal("mov_text", Assert.Single(report.Text).Codec);
    }

    [Fact]
    public async Task Samples_of_TTML_in_MP4_are_found_and_what_is_not_read_is_named()
    {
        var path = await MuxAsync("ttml.mp4", "-i", await WriteAsync("cues.srt", Cues), "-map", "0", "-map", "1", "-c", "copy", "-c:s", "ttml", "-metadata:s:s:0", "language=deu");
        var track = Assert.Single((await AcceptedAsync(path)).Text);
        Assert.Equal(("stpp", "de"), (track.Codec, track.Language));

        var plain = await WriteAsync("plain.mp4", Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path)).Replace("stpp", "sbtt", StringComparison.Ordinal)));
        var report = await AcceptedAsync(plain);
        Assert.Empty(report.Text);
        Assert.Equal(("unsupported_text", "Track 3 (sbtt, de)."), Assert.Single(report.Notices) is var notice ? (notice.Code, notice.Detail) : default);
    }

    [Fact]
    public async Task Captions_in_MXF_are_named()
    {
        // A sound track that says it is ancillary data (SMPTE ST 436): its data definition and its essence container.
        var path = await FfmpegAsync("sound.mxf", ["-i", await MasterAsync("bare.mov"), "-map", "0:v", "-map", "0:a", "-map", "0:a", "-c:v", "mpeg2video", "-c:a", "pcm_s16le", "-ar", "48000"]);
        var hex = Convert.ToHexString(await File.ReadAllBytesAsync(path))
            .Replace("060E2B34040101010103020202000000", "060E2B34040101010103020203000000", StringComparison.Ordinal)
            .Replace("060E2B34040101010D01030102060300", "060E2B34040101090D010301020E0000", StringComparison.Ordinal);
        var report = await AcceptedAsync(await WriteAsync("captions.mxf", Convert.FromHexString(hex)));
        Assert.Equal(["unsupported_text", "unsupported_text"], report.Notices.Select(n => n.Code));
        Assert.Equal("Track 2 (ancillary data).", report.Notices[0].Detail);
    }

    [Theory]
    [InlineData("English (Forced)", true)]
    [InlineData("Français forcé", true)]
    [InlineData("Task force", false)]
    public async Task Forced_is_read_from_titles(string title, bool isForced)
    {
        var path = await MuxAsync("forced.mkv", "-i", await WriteAsync("cues.srt", Cues), "-map", "0", "-map", "1", "-c", "copy", "-metadata:s:s:0", $"title={title}");
        Assert.Equal(isForced, Assert.Single((await AcceptedAsync(path)).Text).IsForced);
    }

    [Fact]
    public async Task Subtitles_made_of_pictures_are_named_and_not_dropped_in_silence()
    {
        var pictures = await WriteAsync("pictures.sup", PictureSubtitles.Sup);
        var report = await AcceptedAsync(await MuxAsync(
            "pgs.mkv", "-f", "sup", "-i", pictures, "-map", "0", "-map", "1", "-c", "copy",
            "-metadata:s:s:0", "language=fra", "-metadata:s:s:0", "title=Forced"));

        Assert.Empty(report.Text);
        var notice = Assert.Single(report.Notices);
        Assert.Equal("picture_subtitles", notice.Code);
        Assert.Contains("Track 3 (hdmv_pgs_subtitle, fr", notice.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chapters_are_kept_in_order_inside_the_title_and_not_without_end()
    {
        var chapters = ";FFMETADATA1\n" + string.Concat(Enumerable.Range(0, 2000)
            .Select(i => $"[CHAPTER]\nTIMEBASE=1/1000\nSTART={i}\nEND={(i == 7 ? 9_000_000 : i + 1)}\ntitle=Part\u0001 <b>{i}</b>\n"));
        var report = await AcceptedAsync(await MuxAsync(
            "chapters.mkv", "-f", "ffmetadata", "-i", await WriteAsync("chapters.txt", chapters), "-map_chapters", "1", "-c", "copy"));

        Assert.InRange(report.Chapters.Count, 100, 500);
        Assert.Equal("Part <b>0</b>", report.Chapters[0].Title);
        Assert.Equal(report.Chapters.OrderBy(c => c.StartSeconds), report.Chapters);
        Assert.All(report.Chapters, c => Assert.InRange(c.EndSeconds, c.StartSeconds, report.DurationSeconds));
    }

    private async Task<string> MuxAsync(string name, params string[] arguments) =>
        await FfmpegAsync(name, ["-i", await MasterAsync("bare.mp4"), .. arguments]);

    [Theory]
    [InlineData("m.mov", "10:00:00:12", 36_000.48)]
    [InlineData("m.mxf", "01:00:00:00", 3600.0)]
    [InlineData("m.mkv", "01:00:00:00", 3600.0)]
    [InlineData("plain.mov", null, null)]
    public async Task Where_the_programmes_time_begins_is_told(string name, string? label, double? expected)
    {
        var path = await FfmpegAsync(
            name,
            [
                "-f", "lavfi", "-i", "testsrc2=size=160x96:rate=25:duration=1", "-c:v", "mpeg2video",
                .. label is null ? Array.Empty<string>() : ["-timecode", label, "-metadata", $"timecode={label}"],
            ]);

        Assert.Equal(expected, (await AcceptedAsync(path)).TimecodeSeconds);
    }
}
