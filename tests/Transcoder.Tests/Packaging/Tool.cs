using System.Diagnostics;
using System.Text;

namespace FlickStream.Transcoder.Tests.Packaging;

/// <summary>Runs the real ffmpeg and ffprobe.</summary>
internal static class Tool
{
    public static Task<byte[]> FfmpegAsync(params string[] arguments) => FfmpegAsync(null, arguments);

    /// <param name="input">Given to standard input.</param>
    public static Task<byte[]> FfmpegAsync(byte[]? input, params string[] arguments) =>
        RunAsync("ffmpeg", input, ["-hide_banner", "-nostdin", "-y", "-v", "error", "-xerror", .. arguments]);

    public static async Task<string[]> FfprobeAsync(byte[] input, params string[] arguments) =>
        Encoding.UTF8.GetString(await RunAsync("ffprobe", input, ["-v", "error", .. arguments, "-of", "csv=p=0", "-i", "pipe:0"]))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What ffmpeg prints of the headers that it finds in a picture track.</summary>
    public static async Task<string[]> TraceHeadersAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "ffmpeg", ["-hide_banner", "-nostdin", "-nostats", "-i", path, "-c", "copy", "-bsf:v", "trace_headers", "-f", "null", "-"])
        {
            RedirectStandardError = true,
        })!;
        var text = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return text.Split('\n');
    }

    private static async Task<byte[]> RunAsync(string program, byte[]? input, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // SVT-AV1 minds no log level of ffmpeg's.
            Environment = { ["SVT_LOG"] = "1" },
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var feeding = FeedAsync(process, input);
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        await feeding;
        var said = await errors;
        Assert.True(process.ExitCode == 0 && said.Length == 0, $"{program} {string.Join(' ', arguments)}: {process.ExitCode}: {said}");
        return output.ToArray();
    }

    private static async Task FeedAsync(Process process, byte[]? input)
    {
        try
        {
            if (input is not null) await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program has read all that it wants.
        }
    }
}
