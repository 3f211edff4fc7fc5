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
/// <param name="Lufs">Integrated loudness of the sound as it is.</param>
internal sealed partial record Decoded(byte[] Pixels, IReadOnlyList<double> Times, short[] Samples, double Lufs)
{
    private const int Side = 160;
    private const int SampleRate = 48000;

    public static async Task<Decoded> OfAsync(Multivariant title, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var sound = title.Audio is { } audio
            ? (string[])["-copyts", "-i", audio.ToString()] : ["-f", "lavfi", "-i", $"anullsrc=r={SampleRate}:cl=mono,atrim=end=0.1"];
        var result = await Cli.Wrap("ffmpeg")
            .WithWorkingDirectory(folder.FullName)
            .WithArguments(
            [
                "-nostdin", "-v", "error", "-y", "-copyts", "-i", title.Video.ToString(), .. sound,
                "-map", "0:v", "-fps_mode", "passthrough",
                "-vf", $"metadata=add:key=shown:value=1,metadata=print:file=times.txt,scale={Side}:{Side}:flags=area+accurate_rnd,format=rgb24",
                "-f", "rawvideo", "pixels.rgb",
                "-map", "1:a", "-af",
                $"aresample={SampleRate}:async=1:first_pts=0,ebur128=metadata=1:framelog=verbose,ametadata=print:key=lavfi.r128.I:file=loudness.txt",
                "-ac", "1", "-f", "s16le", "samples.pcm",
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
            await LufsAsync(Path.Combine(folder.FullName, "loudness.txt"), cancellationToken));
    }

    /// <summary>The last of a value that is brought up to date ten times a second.</summary>
    private static async Task<double> LufsAsync(string path, CancellationToken cancellationToken)
    {
        var last = (await File.ReadAllLinesAsync(path, cancellationToken)).LastOrDefault(line => line.StartsWith("lavfi.r128.I=", StringComparison.Ordinal));
        return last is null ? double.NegativeInfinity : double.Parse(last["lavfi.r128.I=".Length..], CultureInfo.InvariantCulture);
    }

    public Rgb At(int frame, double x, double y)
    {
        var at = 3 * ((frame * Side * Side) + ((int)(y * Side) * Side) + (int)(x * Side));
        return new Rgb(Pixels[at], Pixels[at + 1], Pixels[at + 2]);
    }

    /// <summary>When the middle is first white; null when it never is.</summary>
    public double? Flash
    {
        get
        {
            var white = Enumerable.Range(0, Times.Count).Where(frame => At(frame, Card.Middle.X, Card.Middle.Y).Green > 190);
            return white.Select(frame => (double?)Times[frame]).FirstOrDefault();
        }
    }

    /// <summary>When sound begins; null in silence.</summary>
    public double? Beep => Array.FindIndex(Samples, sample => Math.Abs((int)sample) > 3000) is >= 0 and var at ? (double)at / SampleRate : null;

    [GeneratedRegex(@"pts_time:(\S+)")]
    private static partial Regex Time();
}
