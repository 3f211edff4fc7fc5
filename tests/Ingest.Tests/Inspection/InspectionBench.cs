using System.Diagnostics;
using FlickStream.Ingest.Inspection;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Tests.Inspection;

/// <summary>A temporary folder of small masters made by the real ffmpeg, and an inspector to show them to.</summary>
public abstract class InspectionBench : IDisposable
{
    private static readonly MediaRunner Runner =
        new(Options.Create(new MediaOptions()), TimeProvider.System, NullLogger<MediaRunner>.Instance);

    private readonly string _folder = Directory.CreateTempSubdirectory("flickstream-inspection-").FullName;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected static async Task<InspectionResult> InspectAsync(string path, InspectionOptions? options = null)
    {
        var chosen = Options.Create(options ?? new InspectionOptions());
        return await new Inspector(
            new HeaderReader(Runner, chosen), new DecodeCheck(Runner, chosen), new PacketReader(Runner, chosen), new FieldCheck(Runner, chosen), new HdrCheck(Runner, chosen),
            new DataCheck(Runner, chosen), new ComplexityProbe(Runner, chosen, TimeProvider.System), chosen)
            .InspectAsync(path, Ct);
    }

    private protected static async Task<MediaReport> AcceptedAsync(string path, InspectionOptions? options = null)
    {
        var result = await InspectAsync(path, options);
        return Assert.IsType<InspectionResult.Accepted>(result).Report;
    }

    private protected static async Task<ProblemReport> RefusedAsync(string path, InspectionOptions? options = null)
    {
        var result = await InspectAsync(path, options);
        return Assert.IsType<InspectionResult.Refused>(result).Problem;
    }

    protected string PathOf(string name) => Path.Combine(_folder, name);

    protected async Task<string> WriteAsync(string name, byte[] bytes)
    {
        await File.WriteAllBytesAsync(PathOf(name), bytes, Ct);
        return PathOf(name);
    }

    protected async Task<string> WriteAsync(string name, string text)
    {
        await File.WriteAllTextAsync(PathOf(name), text, Ct);
        return PathOf(name);
    }

    /// <summary>A moving picture with a tone, 160 x 92, H.264 and AAC, unless the arguments say otherwise.</summary>
    protected Task<string> MasterAsync(string name, string rate = "25", double seconds = 2, params string[] arguments) => FfmpegAsync(
        name,
        [
            "-f", "lavfi", "-i", $"testsrc2=size=160x92:rate={rate}:duration={seconds}", "-f", "lavfi", "-i", $"sine=duration={seconds}",
            .. name.EndsWith(".webm", StringComparison.Ordinal)
                ? (string[])["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"]
                : ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"],
            .. arguments,
        ]);

    protected Task<string> SilentAsync(string name, string filters, params string[] arguments) =>
        FfmpegAsync(name, ["-f", "lavfi", "-i", filters, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", .. arguments]);

    /// <summary>What ffmpeg writes where it cannot go back to fill anything in: a picture with a tone, of three seconds.</summary>
    protected static async Task<byte[]> PipedAsync(string format, params string[] arguments)
    {
        string[] inputs = ["-f", "lavfi", "-i", "testsrc2=size=160x92:rate=25:duration=3", "-f", "lavfi", "-i", "sine=duration=3"];
        var start = new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", .. inputs, .. arguments, "-f", format, "pipe:1"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes, Ct);
        await process.WaitForExitAsync(Ct);
        Assert.Equal(0, process.ExitCode);
        return bytes.ToArray();
    }

    protected async Task<string> FfmpegAsync(string name, string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments, PathOf(name)]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        Assert.True(process.ExitCode == 0, errors);
        return PathOf(name);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
