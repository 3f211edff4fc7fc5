using System.Diagnostics;
using FlickStream.Platform.Media;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Tests.Media;

/// <summary>A temporary folder with tiny media in it, and runners over the real ffmpeg.</summary>
internal sealed class MediaBench : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("flickstream-media-").FullName;

    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(60);

    public static MediaRunner Runner(
        MediaOptions? options = null, ILogger<MediaRunner>? logger = null, TimeProvider? clock = null) =>
        new(Options.Create(options ?? new MediaOptions()), clock ?? TimeProvider.System, logger ?? new ListLogger());

    public string PathOf(string name) => Path.Combine(Folder, name);

    public async Task<string> MasterAsync(string name = "master.mp4", double seconds = 1)
    {
        var path = PathOf(name);
        await GenerateAsync(
            "-f", "lavfi", "-i", $"testsrc2=size=160x90:rate=25:duration={seconds}", "-c:v", "libx264", "-preset", "ultrafast", path);
        return path;
    }

    public static async Task GenerateAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>A program in place of ffmpeg. A shell writes it: a file that this process had open for writing cannot be started
    /// while a child that another test forks at that moment still holds it ("Text file busy").</summary>
    public string Script(string body)
    {
        var path = PathOf($"script{Guid.NewGuid():N}.sh");
        using var writer = Process.Start(
            "/bin/sh", ["-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$2\" && chmod 500 \"$2\"", "sh", body, path]);
        writer.WaitForExit();
        return path;
    }

    /// <summary>An endless encode: it ends only when it is stopped.</summary>
    public MediaRun Endless(string output) => new()
    {
        Tool = MediaTool.Ffmpeg,
        Arguments = ["-re", "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25", "-c:v", "libx264", "-preset", "ultrafast", output],
        Inputs = [],
        OutputFolder = Folder,
        TimeLimit = Limit,
    };

    /// <summary>Processes of this machine whose command line names <paramref name="text"/>.</summary>
    public static int Running(string text) => Directory.GetDirectories("/proc")
        .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
        .Count(folder =>
        {
            try
            {
                return File.ReadAllText(folder + "/cmdline").Contains(text, StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        });

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

internal sealed class ListLogger : ILogger<MediaRunner>
{
    public List<string> Warnings { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel == LogLevel.Warning) Warnings.Add(formatter(state, exception));
    }
}
