using System.Runtime.InteropServices;
using System.Text;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>The real ffmpeg: sound keeps its place beside the picture.</summary>
public sealed class SoundTests : IDisposable
{
    private const int Priming = 1024;
    private const double BeepAt = 3;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-sound-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("mp4", 0, 0)]
    [InlineData("mkv", 0, 0)]
    [InlineData("ts", 0, 0)]
    [InlineData("mp4", 0.75, 0)]
    [InlineData("mkv", 0.75, 0)]
    [InlineData("ts", 0.75, 0)]
    [InlineData("mp4", 0, 0.6)]
    [InlineData("mkv", 0, 0.6)]
    [InlineData("ts", 0, 0.6)]
    public async Task A_beep_stays_where_it_was_relative_to_the_picture(string container, double pictureLate, double soundLate)
    {
        var master = Path.Combine(_folder.FullName, $"m.{container}");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-itsoffset", $"{pictureLate}", "-f", "lavfi", "-i", "color=gray:s=128x72:r=25:d=6",
            "-itsoffset", $"{soundLate}", "-f", "lavfi", "-i", $"sine=1000:r=48000:d=6,volume='if(between(t,{BeepAt},{BeepAt}+0.1),1,0)':eval=frame",
            "-map", "0", "-map", "1", "-vsync", "passthrough", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", master);
        var report = await CodedMaster.ReportAsync(master);
        Assert.Equal(pictureLate, report.Video!.StartSeconds, 0.05);
        var plan = EncodingPlan.For(report, new PlanningOptions());

        foreach (var step in plan.Steps().Where(s => s.Kind == StepKind.Audio))
        {
            var pcm = await DecodeAsync(plan, step, master);

            var onset = (Array.FindIndex(pcm, sample => Math.Abs((int)sample) > 1000) - Priming) / 48000.0;
            // An AAC master's own frame (21 ms at most) smears where a beep begins; a lost offset would be 600 ms.
            Assert.InRange(onset, BeepAt + soundLate - pictureLate - 0.022, BeepAt + soundLate - pictureLate + 0.010);
            Assert.InRange((pcm.Length - Priming) / 48000.0, plan.DurationSeconds - 0.001, plan.DurationSeconds + 0.55);
        }
    }

    [Fact]
    public async Task Sound_that_ends_early_is_filled_and_sound_that_goes_on_is_cut()
    {
        foreach (var seconds in (double[])[2, 9])
        {
            var master = Path.Combine(_folder.FullName, $"{seconds}.mp4");
            await Ffmpeg.RunAsync(
                "-v", "error", "-y", "-f", "lavfi", "-i", "color=gray:s=128x72:r=25:d=4", "-f", "lavfi", "-i", $"sine=d={seconds}",
                "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", master);
            var report = await CodedMaster.ReportAsync(master);
            var plan = EncodingPlan.For(report, new PlanningOptions());

            var pcm = await DecodeAsync(plan, plan.Steps().First(s => s.Kind == StepKind.Audio), master);

            Assert.InRange((pcm.Length - Priming) / 48000.0, 4, 4.55);
        }
    }

    [Theory]
    [InlineData("ac3", "stereo", 48_000, "5.1", 48_000, 0)]
    [InlineData("ac3", "5.1", 48_000, "stereo", 48_000, 0.6)]
    [InlineData("aac", "mono", 48_000, "stereo", 44_100, 0)]
    public async Task Sound_that_changes_on_the_way_keeps_one_layout_and_its_place(
        string codec, string layout, int rate, string then, int rateThen, double late)
    {
        var master = Path.Combine(_folder.FullName, "m.ts");
        await File.WriteAllBytesAsync(
            master, [.. await PartAsync(codec, layout, rate, 0, late), .. await PartAsync(codec, then, rateThen, 4)], TestContext.Current.CancellationToken);
        var plan = EncodingPlan.For(await CodedMaster.ReportAsync(master), new PlanningOptions());

        foreach (var step in plan.Steps().Where(s => s.Kind == StepKind.Audio))
        {
            var even = Path.Combine(_folder.FullName, $"{step.Name}.nut");
            await Ffmpeg.RunAsync(FfmpegArguments.ForEvenSound(plan, step, master, even));
            var channels = plan.AudioOf(step).Rendition.Channels;
            var pcm = await DecodeAsync(plan, step, even, isEven: true, mix: $"pan=mono|c0={(channels > 2 ? "c0+c2" : "c0")}");

            var loud = Enumerable.Range(Priming, pcm.Length - Priming).Where(at => Math.Abs((int)pcm[at]) > 1000).ToList();
            var onsets = loud.Where((at, i) => i == 0 || at - loud[i - 1] > 24_000).Select(at => (at - Priming) / 48000.0).ToList();
            Assert.Equal(2, onsets.Count);
            // The first part's picture is late by what its encoder's priming takes.
            Assert.All(onsets.Zip([1 + late, 5.0]), beep => Assert.InRange(beep.First - beep.Second, -0.03, 0.03));
            Assert.InRange((pcm.Length - Priming) / 48000.0, plan.DurationSeconds - 0.001, plan.DurationSeconds + 0.55);
            Assert.Equal($"{channels}", await ChannelsAsync(Path.Combine(_folder.FullName, $"{step.Name}.mp4")));
        }
    }

    private async Task<byte[]> PartAsync(string codec, string layout, int rate, double at, double late = 0)
    {
        var part = Path.Combine(_folder.FullName, $"{at}.ts");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-f", "lavfi", "-i", "color=gray:s=128x72:r=25:d=4",
            "-itsoffset", $"{late}", "-f", "lavfi", "-i", $"sine=1000:r={rate}:d={4 - late},volume='if(between(t,1,1.1),4,0)':eval=frame,pan={(layout == "mono" ? "mono|c0=c0" : layout == "stereo" ? "stereo|c0=c0|c1=c0" : "5.1|FC=c0")}",
            "-c:v", "libx264", "-preset", "ultrafast", "-c:a", codec, "-output_ts_offset", $"{at}", part);
        return await File.ReadAllBytesAsync(part, TestContext.Current.CancellationToken);
    }

    private static async Task<string> ChannelsAsync(string path) => Encoding.UTF8.GetString(
        await Ffmpeg.ProbeAsync("-show_entries", "stream=channels", "-of", "csv=p=0", path)).Trim();

    [Fact]
    public async Task The_same_step_gives_the_same_bytes()
    {
        var master = Path.Combine(_folder.FullName, "m.mkv");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-f", "lavfi", "-i", "color=gray:s=128x72:r=25:d=3", "-f", "lavfi", "-i", "anoisesrc=d=3:seed=1",
            "-c:v", "libx264", "-c:a", "libvorbis", "-ac", "6", master);
        var plan = EncodingPlan.For(await CodedMaster.ReportAsync(master), new PlanningOptions());

        foreach (var step in plan.Steps().Where(s => s.Kind == StepKind.Audio))
        {
            var arguments = FfmpegArguments.ForAudio(plan, step, master);
            Assert.Equal(await Ffmpeg.RunAsync(arguments), await Ffmpeg.RunAsync(arguments));
        }
    }

    /// <summary>First channel, 48 kHz, from the encoder's priming on.</summary>
    private async Task<short[]> DecodeAsync(EncodingPlan plan, PlannedStep step, string master, bool isEven = false, string mix = "pan=mono|c0=c0")
    {
        var encoded = Path.Combine(_folder.FullName, $"{step.Name}.mp4");
        await File.WriteAllBytesAsync(
            encoded, await Ffmpeg.RunAsync(FfmpegArguments.ForAudio(plan, step, master, isEven: isEven)), TestContext.Current.CancellationToken);
        var pcm = await Ffmpeg.RunAsync("-v", "error", "-i", encoded, "-af", mix, "-f", "s16le", "-");
        return MemoryMarshal.Cast<byte, short>(pcm).ToArray();
    }
}
