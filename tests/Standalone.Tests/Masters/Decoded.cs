using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace FlickStream.Standalone.Tests.Masters;

/// <summary>Every frame and sample that ffmpeg decodes of a title's top rung and sound.</summary>
/// <param name="Pixels">RGB of all frames, each squeezed to <see cref="Side"/> squared.</param>
/// <param name="Times">When each frame is shown, seconds.</param>
/// <param name="Samples">Mono, from the title's start.</param>
/// <param name="Level">Integrated loudness of the sound from two loudspeakers, and its true peak, dBTP.</param>
internal sealed partial record Decoded(byte[] Pixels, IReadOnlyList<double> Times, short[] Samples, (double Lufs, double TruePeak) Level)
{
    private const int Side = 160;
    private const int SampleRate = 48000;

    public static async Task<Decoded> OfAsync(
        Multivariant title, DirectoryInfo folder, CancellationToken cancellationToken, string light = "null")
    {
        var sound = title.Audio is { } audio
            ? (string[])["-copyts", "-i", audio.ToString()] : ["-f", "lavfi", "-i", $"anullsrc=r={SampleRate}:cl=mono,atrim=end=0.1"];
        var picture = title.Video is { } video ? (string[])["-copyts", "-i", video.ToString()] : ["-f", "lavfi", "-i", "nullsrc=s=16x16,trim=end_frame=0"];
        var result = await Cli.Wrap("ffmpeg")
            .WithWorkingDirectory(folder.FullName)
            .WithArguments(
            [
                "-nostdin", "-v", "error", "-y", .. picture, .. sound,
                "-map", "0:v", "-fps_mode", "passthrough",
                "-vf", $"metadata=add:key=shown:value=1,metadata=print:file=times.txt,{light},scale={Side}:{Side}:flags=area+accurate_rnd,format=rgb24",
                "-f", "rawvideo", "pixels.rgb",
                "-map", "1:a", "-af", $"aresample={SampleRate}:async=1:first_pts=0", "-ac", "1", "-f", "s16le", "samples.pcm",
                "-map", "1:a", "-af", "ebur128=metadata=1:peak=true:dualmono=true:framelog=verbose,ametadata=print:file=loudness.txt", "-f", "null", "-",
            ])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        Assert.True(result.ExitCode == 0, result.StandardError);
        Task<byte[]> Read(string name) => File.ReadAllBytesAsync(Path.Combine(folder.FullName, name), cancellationToken);
        var times = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "times.txt"), cancellationToken);
        return new Decoded(
            await Read("pixels.rgb"),
            [.. Time().Matches(times).Select(match => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))],
            MemoryMarshal.Cast<byte, short>(await Read("samples.pcm")).ToArray(),
            await LevelAsync(Path.Combine(folder.FullName, "loudness.txt"), cancellationToken));
    }

    /// <summary>Tags and side data of a video's first frame, as ffprobe prints them.</summary>
    public static async Task<string> FirstFrameAsync(Uri video, CancellationToken cancellationToken) => (await Cli.Wrap("ffprobe")
        .WithArguments(
        [
            "-v", "error", "-select_streams", "v", "-read_intervals", "%+#1", "-of", "compact", "-show_frames", "-show_streams", video.ToString(),
        ])
        .ExecuteBufferedAsync(cancellationToken)).StandardOutput;

    /// <summary>The last of values that are brought up to date ten times a second.</summary>
    private static async Task<(double Lufs, double TruePeak)> LevelAsync(string path, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(path, cancellationToken);
        double? Last(string key) => lines.LastOrDefault(line => line.StartsWith($"lavfi.r128.{key}=", StringComparison.Ordinal)) is { } line
            ? double.Parse(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture) : null;
        return (Last("I") ?? double.NegativeInfinity, 20 * Math.Log10(Last("true_peak") ?? 0));
    }

    /// <summary>Loudness of one sound rendition; one channel is heard from two loudspeakers.</summary>
    public static async Task<double> LufsAsync(Uri sound, CancellationToken cancellationToken)
    {
        var result = await Cli.Wrap("ffmpeg")
            .WithArguments(["-nostdin", "-hide_banner", "-nostats", "-i", sound.ToString(), "-af", "ebur128=dualmono=true:framelog=verbose", "-f", "null", "-"])
            .ExecuteBufferedAsync(cancellationToken);
        return double.Parse(Integrated().Matches(result.StandardError)[^1].Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\bI:\s+(\S+) LUFS")]
    private static partial Regex Integrated();

    public Rgb At(int frame, double x, double y)
    {
        var at = 3 * ((frame * Side * Side) + ((int)(y * Side) * Side) + (int)(x * Side));
        return new Rgb(Pixels[at], Pixels[at + 1], Pixels[at + 2]);
    }

    /// <summary>The middle of the black box along its way across the picture, 0 where the card begins.</summary>
    public double Box(int frame, string letters)
    {
        // The way leads from the card's red corner to its green one.
        var (red, green) = (letters.IndexOf('R', StringComparison.Ordinal), letters.IndexOf('G', StringComparison.Ordinal));
        var (isLevel, isBackwards) = (red / 2 == green / 2, green < red);
        var (sum, weights) = (0.0, 0.0);
        for (var along = 0; along < Side; along++)
        {
            for (var across = (Side / 2) - 4; across < (Side / 2) + 4; across++)
            {
                var (x, y) = isLevel ? (along, across) : (across, along);
                var color = At(frame, (x + 0.5) / Side, (y + 0.5) / Side);
                // The darkest of the others has a channel of 128.
                var weight = Math.Max(0, 90 - Math.Max(color.Red, Math.Max(color.Green, color.Blue)));
                sum += weight * (along + 0.5) / Side;
                weights += weight;
            }
        }

        return isBackwards ? 1 - (sum / weights) : sum / weights;
    }

    public bool IsWhite(int frame) => At(frame, Card.Middle.X, Card.Middle.Y).Green > 190;

    /// <summary>When the middle turns white, each time.</summary>
    public IReadOnlyList<double> Flashes =>
        [.. Enumerable.Range(0, Times.Count).Where(frame => IsWhite(frame) && (frame == 0 || !IsWhite(frame - 1))).Select(frame => Times[frame])];

    /// <summary>When sound begins after silence, each time.</summary>
    public IReadOnlyList<double> Beeps
    {
        get
        {
            var loud = Enumerable.Range(0, Samples.Length).Where(at => Math.Abs((int)Samples[at]) > 3000).ToList();
            return [.. loud.Where((at, i) => i == 0 || at - loud[i - 1] > SampleRate / 5).Select(at => (double)at / SampleRate)];
        }
    }

    [GeneratedRegex(@"pts_time:(\S+)")]
    private static partial Regex Time();
}
