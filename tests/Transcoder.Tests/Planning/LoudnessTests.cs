using System.Globalization;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>The real ffmpeg: what a viewer's decoder makes of a title is as loud as was asked for, and does not clip.</summary>
public sealed class LoudnessTests : IDisposable
{
    // Speech-like syllables over a bed, for 8 s.
    private const string Speech = "(0.03+0.5*lt(mod(t,0.4),0.18)*exp(-6*mod(t,0.4)))*sin(2*PI*(180+40*floor(mod(t*2,7)))*t)";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-loudness-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("-23", 0.05)]
    [InlineData("-23", 1)]
    [InlineData("-16", 0.05)]
    [InlineData("-16", 1)]
    public async Task Every_rendition_is_as_loud_as_asked_after_decoding(string target, double volume)
    {
        var master = await MasterAsync($"{volume}*{Speech}|{volume}*{Speech}|{volume}*sin(2*PI*300*t)*{Speech}|0|0.3*{volume}*{Speech}|0", "5.1");

        foreach (var step in (string[])["audio-a1-128k", "audio-a1-40k", "audio-a1-384k"])
        {
            var level = await new Tones(_folder).LevelAsync(master, step, new PlanningOptions { Loudness = target });
            TestContext.Current.TestOutputHelper?.WriteLine($"{target} {volume} {step}: {level}");
            Assert.Equal(double.Parse(target, CultureInfo.InvariantCulture), level.Integrated, 0.5);
            Assert.True(level.TruePeak <= SoundMix.MostTruePeak + 0.3, $"{step}: {level}");
        }
    }

    [Fact]
    public async Task Peaks_far_above_the_rest_leave_a_track_below_the_target()
    {
        var master = await MasterAsync("0.01*sin(2*PI*300*t)+0.95*lt(mod(t,2),0.02)*sin(2*PI*900*t)", "mono");

        var level = await new Tones(_folder).LevelAsync(master, "audio-a1-128k", new PlanningOptions { Loudness = "-16" });

        Assert.InRange(level.Integrated, -50, -17);
        Assert.True(level.TruePeak <= SoundMix.MostTruePeak + 0.5, $"{level}");
    }

    [Fact]
    public async Task A_mix_of_six_full_channels_does_not_clip_though_nothing_was_asked()
    {
        var full = "0.95*sin(2*PI*220*t)";
        var master = await MasterAsync($"{full}|{full}|{full}|{full}|{full}|{full}", "5.1");

        foreach (var step in (string[])["audio-a1-128k", "audio-a1-40k"])
        {
            var level = await new Tones(_folder).LevelAsync(master, step, new PlanningOptions());
            Assert.True(level.TruePeak < 0, $"{step}: {level}");
        }
    }

    [Fact]
    public async Task Silence_stays_silent()
    {
        var level = await new Tones(_folder).LevelAsync(await MasterAsync("0|0", "stereo"), "audio-a1-128k", new PlanningOptions { Loudness = "-23" });
        Assert.True(level.TruePeak < -60, $"{level}");
    }

    private async Task<string> MasterAsync(string waves, string layout)
    {
        var master = Path.Combine(_folder.FullName, "master.mov");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-f", "lavfi", "-i", "color=gray:s=128x72:r=25:d=8",
            "-f", "lavfi", "-i", $"aevalsrc='{waves}':c={layout}:s=48000:d=8",
            "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s24le", master);
        return master;
    }
}
