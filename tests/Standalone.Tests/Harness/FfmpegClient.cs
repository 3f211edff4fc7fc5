using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>ffmpeg as a player: what it decodes from a manifest's address.</summary>
internal static partial class FfmpegClient
{
    private const int SamplesPerBlock = TestMaster.SampleRate / 1000;

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

    /// <summary>One decode of picture and sound, so that both have one clock; where there is no sound there is silence.</summary>
    public static async Task<Timing> TimingAsync(string url, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("flickstream-timing-");
        try
        {
            var (video, audio) = (Path.Combine(folder.FullName, "v.txt"), Path.Combine(folder.FullName, "a.pcm"));
            await RunAsync(
                "ffmpeg",
                [
                    "-nostdin", "-v", "error", "-i", url,
                    "-map", "0:v:0", "-vf", $"crop=iw:ih/2:0:0,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file={video}", "-f", "null", "-",
                    "-map", "0:a:0", "-af", "aresample=async=1:first_pts=0", "-ac", "1", "-f", "s16le", audio,
                ],
                cancellationToken);
            var sound = await PeaksAsync(audio, cancellationToken);
            return new Timing(
                Onsets(Read(await File.ReadAllTextAsync(video, cancellationToken)), threshold: 200),
                Onsets(sound, threshold: 0.1),
                sound.Count * SamplesPerBlock);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The loudest sample of every millisecond, 0..1.</summary>
    private static async Task<List<(double Time, double Value)>> PeaksAsync(string pcm, CancellationToken cancellationToken)
    {
        var peaks = new List<(double Time, double Value)>();
        var block = new byte[SamplesPerBlock * sizeof(short)];
        await using var file = new BufferedStream(File.OpenRead(pcm), 1 << 16);
        while (await file.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken) is var length and > 0)
        {
            var loudest = 0;
            foreach (var sample in MemoryMarshal.Cast<byte, short>(block.AsSpan(0, length))) loudest = Math.Max(loudest, Math.Abs((int)sample));
            peaks.Add((peaks.Count / 1000.0, loudest / 32768.0));
        }

        return peaks;
    }

    private static List<(double Time, double Value)> Read(string printed) =>
    [
        .. Entry().Matches(printed).Select(m => (
            double.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture), double.Parse(m.Groups[2].ValueSpan, CultureInfo.InvariantCulture))),
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
