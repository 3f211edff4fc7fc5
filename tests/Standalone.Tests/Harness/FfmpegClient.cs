using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>ffmpeg as a player: what it decodes from a manifest's address.</summary>
internal static partial class FfmpegClient
{
    /// <param name="Flashes">When each white frame is shown, seconds.</param>
    /// <param name="Beeps">When each beep begins, to the millisecond.</param>
    /// <param name="Samples">Length of the sound, to within 48 samples.</param>
    internal sealed record Timing(IReadOnlyList<double> Flashes, IReadOnlyList<double> Beeps, int Samples);

    /// <summary>Decodes every rung that the manifest names, one after the other: ffmpeg 5.1 as a DASH client loses the last packets of one
    /// rung when it reads several at once.</summary>
    /// <returns>How many frames each has.</returns>
    public static async Task<IReadOnlyList<int>> FramesOfRungsAsync(string url, CancellationToken cancellationToken)
    {
        var listed = await RunAsync("ffprobe", ["-v", "error", "-select_streams", "v", "-show_entries", "stream=index", "-of", "json", url], cancellationToken);
        using var json = JsonDocument.Parse(listed);
        var frames = new List<int>();
        for (var rung = 0; rung < json.RootElement.GetProperty("streams").GetArrayLength(); rung++)
        {
            var output = await RunAsync(
                "ffmpeg",
                ["-nostdin", "-v", "error", "-i", url, "-map", $"0:v:{rung}", "-fps_mode", "passthrough", "-f", "framecrc", "-"],
                cancellationToken);
            frames.Add(output.Split('\n').Count(line => line is not ("" or ['#', ..])));
        }

        return frames;
    }

    /// <summary>One decode of picture and sound, so that both have one clock.</summary>
    public static async Task<Timing> TimingAsync(string url, CancellationToken cancellationToken)
    {
        const int SamplesPerBlock = TestMaster.SampleRate / 1000;
        var folder = Directory.CreateTempSubdirectory("flickstream-timing-");
        try
        {
            var (video, audio) = (Path.Combine(folder.FullName, "v.txt"), Path.Combine(folder.FullName, "a.txt"));
            await RunAsync(
                "ffmpeg",
                [
                    "-nostdin", "-v", "error", "-i", url,
                    "-map", "0:v:0", "-vf", $"crop=iw:ih/2:0:0,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file={video}",
                    "-map", "0:a:0", "-af",
                    $"asetnsamples=n={SamplesPerBlock}:p=0,astats=metadata=1:reset=1,ametadata=print:key=lavfi.astats.Overall.Peak_level:file={audio}",
                    "-f", "null", "-",
                ],
                cancellationToken);
            var sound = Read(await File.ReadAllTextAsync(audio, cancellationToken));
            return new Timing(
                Onsets(Read(await File.ReadAllTextAsync(video, cancellationToken)), threshold: 200),
                Onsets(sound, threshold: -20),
                sound.Count * SamplesPerBlock);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<(double Time, double Value)> Read(string printed) =>
    [
        .. Entry().Matches(printed).Select(m => (
            double.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            m.Groups[2].Value is "-inf" or "-" ? double.NegativeInfinity : double.Parse(m.Groups[2].ValueSpan, CultureInfo.InvariantCulture))),
    ];

    private static List<double> Onsets(List<(double Time, double Value)> entries, double threshold)
    {
        var onsets = new List<double>();
        var wasAbove = false;
        foreach (var (time, value) in entries)
        {
            if (value > threshold && !wasAbove) onsets.Add(time);
            wasAbove = value > threshold;
        }

        return onsets;
    }

    private static async Task<string> RunAsync(string tool, string[] arguments, CancellationToken cancellationToken)
    {
        var result = await Cli.Wrap(tool).WithArguments(arguments).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellationToken);
        Assert.True(result.ExitCode == 0, result.StandardError);
        Assert.Equal("", result.StandardError);
        return result.StandardOutput;
    }

    [GeneratedRegex(@"pts_time:(\S+)\s+lavfi\.[\w.]+=(\S+)")]
    private static partial Regex Entry();
}
