using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Players;

/// <summary>Whether the beeps of a test master are heard with its flashes, as decoded by ffmpeg.</summary>
internal static class SoundInStep
{
    private const double MostOffset = 0.020;

    public static async Task CheckAsync(string url, TestMaster master, CancellationToken cancellation)
    {
        var timing = await FfmpegClient.TimingAsync(url, cancellation);
        Assert.Equal(master.Seconds * TestMaster.SampleRate, timing.Samples, 1024.0 + 48);
        Assert.Equal(master.Seconds, timing.Flashes.Count);
        Assert.Equal(master.Seconds, timing.Beeps.Count);
        Assert.All(timing.Flashes, (flash, second) => Assert.Equal(second, flash, 0.001));

        var offsets = timing.Beeps.Zip(timing.Flashes, (beep, flash) => beep - flash).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"sound after picture, first {offsets[0] * 1000:0.0} ms, last {offsets[^1] * 1000:0.0} ms, worst {offsets.MaxBy(Math.Abs) * 1000:0.0} ms");
        Assert.All(offsets, offset => Assert.InRange(offset, -MostOffset, MostOffset));
    }
}
