using FlickStream.Platform.Contracts;
using FlickStream.Platform.TimedText;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

public sealed class TextPlanTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-text-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Text_is_taken_out_after_the_first_sound_and_before_all_other_sound()
    {
        var media = Media.Of(seconds: 6, audio: [Media.Audio(), Media.Audio(2)]) with { Text = [Track(3), Track(0, TextReport.CaptionsInPicture)] };
        Assert.Equal(
            [
                "video-0000-a", "video-0000-b", "audio-a1-128k", "audio-a1-40k", "text", "captions", "audio-a2-128k", "audio-a2-40k",
                "poster", "video-0001-a", "video-0001-b", "publish",
            ],
            EncodingPlan.For(media, new PlanningOptions()).Steps().Select(s => s.Name));
        var other = media with { Audio = [Media.Audio(), Media.Audio(2) with { IsDefault = true }] };
        Assert.Equal(
            ["audio-a2-128k", "audio-a2-40k", "text", "captions", "audio-a1-128k", "audio-a1-40k"],
            EncodingPlan.For(other, new PlanningOptions()).Steps().Where(s => s.Kind is StepKind.Audio or StepKind.Text or StepKind.Captions).Select(s => s.Name));
        Assert.Contains("text", EncodingPlan.For(media with { Audio = [] }, new PlanningOptions()).Steps().Select(s => s.Name));
    }

    [Fact]
    public void A_track_marked_as_default_is_shown_unasked_only_where_it_says_what_is_not_heard()
    {
        var media = Media.Of(audio: [Media.Audio(language: "eng")]) with
        {
            Text = [Track(2) with { Language = "eng", IsDefault = true }, Track(3) with { Language = "deu", IsDefault = true }, Track(4) with { IsForced = true }],
        };
        var plan = EncodingPlan.For(media, new PlanningOptions { MaxTextTracks = 2 });
        Assert.Equal([false, true], plan.Text.Select(t => t.IsDefault));
        var german = media with { Audio = [Media.Audio(language: "eng"), Media.Audio(9, language: "deu") with { IsDefault = true }] };
        Assert.Equal([true, false], EncodingPlan.For(german, plan.Options).Text.Select(t => t.IsDefault));
        Assert.Equal(["text_too_many"], plan.ToPresentation("a", DateTimeOffset.UnixEpoch).Notices.Select(n => n.Code));
    }

    [Fact]
    public void Chapters_are_counted_from_the_first_picture()
    {
        var media = Media.Of(seconds: 10, start: 2) with { Chapters = [new(0, 1, "before"), new(1, 6, "a"), new(6, 40, "b")] };
        Assert.Equal(
            [new Chapter(0, 4, "a"), new Chapter(4, 10, "b")],
            EncodingPlan.For(media, new PlanningOptions()).ToPresentation("a", DateTimeOffset.UnixEpoch).Chapters);
    }

    [Theory]
    [InlineData("mkv", "srt", 0.75)]
    [InlineData("mkv", "ass", 0.75)]
    [InlineData("mkv", "webvtt", 0)]
    [InlineData("mp4", "mov_text", 0.75)]
    public async Task The_real_ffmpeg_keeps_a_cue_where_it_was_relative_to_the_picture(string container, string codec, double pictureLate)
    {
        var cues = Path.Combine(_folder.FullName, "cues.srt");
        await File.WriteAllTextAsync(cues, "1\n00:00:02,340 --> 00:00:03,000\n<i>Hello</i> & you\n", TestContext.Current.CancellationToken);
        var master = Path.Combine(_folder.FullName, $"m.{container}");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-itsoffset", $"{pictureLate}", "-f", "lavfi", "-i", "color=gray:s=128x72:r=25:d=5", "-f", "lavfi", "-i", "sine=d=5",
            "-i", cues, "-map", "0", "-map", "1", "-map", "2", "-vsync", "passthrough", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "0",
            "-c:a", "aac", "-c:s", codec, master);
        var name = codec == "srt" ? "subrip" : codec;
        var plan = EncodingPlan.For((await CodedMaster.ReportAsync(master)) with { Text = [Track(2, name)] }, new PlanningOptions());

        await Ffmpeg.RunAsync([.. FfmpegArguments.ForText(plan, plan.Text, master, _folder.FullName)]);

        var text = await File.ReadAllTextAsync(FfmpegArguments.TextFile(plan.Text[0], _folder.FullName), TestContext.Current.CancellationToken);
        var cue = Assert.Single(CueList.Of(TimedTextFile.Read(text, plan.Text[0].Format), FfmpegArguments.TextShift(plan, plan.Text[0]), 5000));
        Assert.Equal(2340 - (pictureLate * 1000), cue.Start, 45.0);
        Assert.Equal(660, cue.End - cue.Start, 11.0);
        Assert.Equal("<i>Hello</i> &amp; you", cue.Text);
    }

    private static TextReport Track(int stream, string codec = "subrip") => new(stream, codec, null, null, 0, false, false, false);
}
