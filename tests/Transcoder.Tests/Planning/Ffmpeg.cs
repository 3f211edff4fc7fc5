using System.Diagnostics;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>The real tools, run plainly.</summary>
internal static class Ffmpeg
{
    public static async Task<byte[]> RunAsync(params IEnumerable<string> arguments) => (await RunAsync("ffmpeg", ["-nostdin", .. arguments])).Output;

    public static async Task<byte[]> ProbeAsync(params IEnumerable<string> arguments) => (await RunAsync("ffprobe", ["-v", "error", .. arguments])).Output;

    /// <summary>What it writes to standard error.</summary>
    public static async Task<string> WordsAsync(params IEnumerable<string> arguments) => (await RunAsync("ffmpeg", ["-nostdin", .. arguments])).Errors;

    private static async Task<(byte[] Output, string Errors)> RunAsync(string tool, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{tool} {string.Join(' ', arguments)}\n{await errors}");
        return (output.ToArray(), await errors);
    }
}
