using System.Globalization;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>The real ffmpeg: what a viewer's decoder makes of a title is as loud as was asked for, and does not clip.</summary>
public sealed class LoudnessTests : IDisposable
{
    // Speech-like syllables over a bed.
    private const string Speech = "(0.03+0.5*lt(mod(t,0.4),0.18)*exp(-6*mod(t,0.4)))*sin(2*PI*(180+40*floor(mod(t*2,7)))*t)";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-loudness-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("-23", 0.05)]
    [InlineData("-23", 1)]
    [InlineData("-16", 0.1)]
    [InlineData("-16", 1)]
    public async Task Every_rendition_is_as_loud_as_asked_after_decoding(string target, double volume)
    {
        var master = await MasterAsync($"{volume}*{Speech}|{volume}*{Speech}|{volume}*sin(2*PI*300*t)*{Speech}|0|0.3*{volume}*{Speech}|0", "5.1");

        foreach (var step in (string[])["audio-a1-128k", "audio-a1-40k", "audio-a1-384k"])
        {
            var level = await new Tones(_folder).LevelAsync(master, step, new PlanningOptions { Loudness = target });
            TestContext.Current.TestOutputHelper?.WriteLine($"{target} {volume} {step}: {level}");
            Assert.Equal(double.Parse(target, CultureInfo.InvariantCulture), level.Integrated, 0.5);
            Assert.True(level.TruePeak <= LoudnessAim.MostTruePeak, $"{step}: {level}");
        }
    }

    [Fact]
    public async Task Peaks_far_above_the_rest_leave_a_track_below_the_target()
    {
        var master = await MasterAsync("0.01*sin(2*PI*300*t)+0.95*lt(mod(t,2),0.004)*sin(2*PI*900*t)", "mono");

        var level = await new Tones(_folder).LevelAsync(master, "audio-a1-128k", new PlanningOptions { Loudness = "-16" });

        Assert.InRange(level.Integrated, -50, -17);
        Assert.True(level.TruePeak <= LoudnessAim.MostTruePeak, $"{level}");
    }

    // What an encoder adds most to: hits and clicks over a quiet bed, edges, clipped music, noise in syllables, voiced pulses.
    [Theory]
    [InlineData("0.03*sin(2*PI*110*t)+0.98*sgn(sin(2*PI*(300+200*floor(mod(t*7,5)))*t))*exp(-mod(t,0.5)*25)")]
    [InlineData("0.02*sin(2*PI*200*t)+0.98*exp(-mod(t,0.25)*2000)+0.4*exp(-mod(t,0.333)*300)*(random(0)*2-1)")]
    [InlineData("0.99*sgn(sin(2*PI*(100+400*t)*t))*lt(mod(t,1),0.4)+0.1*sin(2*PI*440*t)")]
    [InlineData("clip(3*(sin(2*PI*110*t)+sin(2*PI*277*t)+sin(2*PI*660*t))*exp(-mod(t,0.5)*6)+3*exp(-mod(t+0.25,0.5)*60)*(random(0)-0.5),-1,1)")]
    [InlineData("(random(0)*2-1)*pow(sin(2*PI*3.1*t),8)")]
    [InlineData("0.9*pow(sin(2*PI*2.3*t),4)*exp(-mod(t*130,1)*9)*cos(2*PI*mod(t*130,1)*15)")]
    public async Task No_peak_passes_the_most_that_is_allowed(string wave)
    {
        var master = await MasterAsync($"{wave}|0.9*({wave})", "stereo");

        foreach (var step in (string[])["audio-a1-128k", "audio-a1-40k"])
        {
            var tones = new Tones(_folder);
            var level = await tones.LevelAsync(master, step, new PlanningOptions { Loudness = "-16" });
            TestContext.Current.TestOutputHelper?.WriteLine($"{step}: {level} after {tones.Tries}");
            Assert.True(level.TruePeak <= LoudnessAim.MostTruePeak, $"{step}: {level} after {tones.Tries}");
            Assert.True(tones.Tries < LoudnessAim.MostTries, $"{step}: {level} after {tones.Tries}");
            Assert.InRange(level.Integrated, -40, -15);
        }
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
            "-v", "error", "-y", "-f", "lavfi", "-i", "color=gray:s=128x72:r=25:d=5",
            "-f", "lavfi", "-i", $"aevalsrc='{waves}':c={layout}:s=48000:d=5",
            "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s24le", master);
        return master;
    }
}
