using System.Diagnostics;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>The real tools, run plainly.</summary>
internal static class Ffmpeg
{
    public static Task<byte[]> RunAsync(params IEnumerable<string> arguments) => RunAsync("ffmpeg", ["-nostdin", .. arguments]);

    public static Task<byte[]> ProbeAsync(params IEnumerable<string> arguments) => RunAsync("ffprobe", ["-v", "error", .. arguments]);

    private static async Task<byte[]> RunAsync(string tool, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{tool} {string.Join(' ', arguments)}\n{await errors}");
        return output.ToArray();
    }
}
