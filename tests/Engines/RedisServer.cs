using System.Diagnostics;

namespace FlickStream.Engines;

/// <summary>A redis-server of the tests' own: on a free port of this machine, in a folder of its own, without its data on disk.</summary>
/// <param name="settings">More settings, as its command line takes them.</param>
public class RedisServer(params string[] settings) : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-redis-");
    private Process? _process;
    private int _port;

    public string Connection => $"127.0.0.1:{_port}";

    /// <summary>A prefix that no other test uses, so that tests can share the server.</summary>
    public static string NewPrefix() => $"test-{Guid.NewGuid():n}:";

    public async Task StartAsync()
    {
        for (var attempt = 0; !await TryStartAsync(FreePort.Find()); attempt++)
        {
            // Another program took the port between finding and using it.
            if (attempt == 5) throw new InvalidOperationException("redis-server does not start.");
        }
    }

    /// <summary>Ends it as a crash would; nothing that it held survives.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it again, empty, at the same address.</summary>
    public async Task StartAgainAsync()
    {
        if (!await TryStartAsync(_port)) throw new InvalidOperationException($"redis-server does not start on port {_port} again.");
    }

    /// <summary>It hangs: connections stay, and nothing answers.</summary>
    public Task HangAsync() => RunAsync("kill", "-STOP", $"{_process!.Id}");

    public Task GoOnAsync() => RunAsync("kill", "-CONT", $"{_process!.Id}");

    /// <summary>Empties it of data and of scripts.</summary>
    public async Task FlushAsync()
    {
        await TellAsync("FLUSHALL");
        await TellAsync("SCRIPT", "FLUSH");
    }

    /// <summary>Runs a command past all adapters.</summary>
    /// <returns>What it answers.</returns>
    public Task<string> TellAsync(params string[] command) => RunAsync("redis-cli", ["-e", "-p", $"{_port}", .. command]);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> TryStartAsync(int port)
    {
        string[] all =
        [
            "--port", $"{port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "", "--appendonly", "no", "--logfile", "",
            .. settings,
        ];
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = new("redis-server", all) { RedirectStandardOutput = true }, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Ready to accept connections", StringComparison.Ordinal) == true) started.TrySetResult(true);
        };
        process.Exited += (_, _) => started.TrySetResult(false);
        process.Start();
        process.BeginOutputReadLine();
        if (!await started.Task)
        {
            process.Dispose();
            return false;
        }

        (_process, _port) = (process, port);
        return true;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {await output} {errors}");
        return await output;
    }
}
