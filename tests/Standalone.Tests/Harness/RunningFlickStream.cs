using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>FlickStream as a person starts it: its own process, a free port and an empty data folder.</summary>
internal sealed class RunningFlickStream : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo? _ownFolder;
    private readonly Process _process;
    private readonly StringBuilder _output;

    private RunningFlickStream(DirectoryInfo? ownFolder, Process process, StringBuilder output, Uri page)
    {
        (_ownFolder, _process, _output, Page) = (ownFolder, process, output, page);
        Client = new HttpClient { BaseAddress = new Uri(page.GetLeftPart(UriPartial.Authority)), Timeout = Timeout.InfiniteTimeSpan };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", page.Fragment["#key=".Length..]);
    }

    /// <summary>The program itself and not "dotnet" with it, because packed tests run where there is no SDK.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "FlickStream.Standalone");

    /// <summary>The address it printed, with the administrator's key behind the #.</summary>
    public Uri Page { get; }

    /// <summary>Sends the administrator's key.</summary>
    public HttpClient Client { get; }

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <param name="masters">Files it shall take in. With none it would make its own large sample.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RunningFlickStream> StartAsync(IReadOnlyList<string> masters, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("flickstream-run-");
        return await StartAsync(Command(data.FullName, masters), data, cancellationToken);
    }

    /// <summary>On a data folder that outlives the process.</summary>
    /// <param name="dataFolder">Empty, or what an earlier process left.</param>
    /// <param name="options">Configuration, by the names of environment variables.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<RunningFlickStream> StartOnAsync(
        string dataFolder, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken)
    {
        var command = Command(dataFolder, ["--empty"]);
        foreach (var (name, value) in options) command.Environment[name] = value;
        return StartAsync(command, null, cancellationToken);
    }

    private static ProcessStartInfo Command(string dataFolder, IReadOnlyList<string> arguments)
    {
        var command = new ProcessStartInfo(Program, ["--data", dataFolder, "--port", "0", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataFolder,
        };
        foreach (var (name, value) in MongoDatabases.OptionsFor(dataFolder)) command.Environment[name] = value;
        return command;
    }

    private static async Task<RunningFlickStream> StartAsync(ProcessStartInfo start, DirectoryInfo? ownFolder, CancellationToken cancellationToken)
    {
        var process = Process.Start(start)!;
        var output = new StringBuilder();
        var lines = Channel.CreateUnbounded<string>();
        void Keep(string? line)
        {
            if (line is null) return;
            lock (output) output.AppendLine(line);
            lines.Writer.TryWrite(line);
        }

        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => lines.Writer.TryComplete();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        await foreach (var line in lines.Reader.ReadAllAsync(limit.Token))
        {
            if (line.Split(' ').FirstOrDefault(word => word.Contains("#key=", StringComparison.Ordinal)) is not { } address) continue;
            var running = new RunningFlickStream(ownFolder, process, output, new Uri(address));
            using var ready = await running.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
            Assert.True(ready.IsSuccessStatusCode, $"/health/ready answers {ready.StatusCode}");
            return running;
        }

        throw new InvalidOperationException($"FlickStream ended before it was ready:\n{output}");
    }

    /// <summary>As a service manager does. Ctrl-C would be the same, but a process that was started in the background may ignore it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await kill.WaitForExitAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await _process.WaitForExitAsync(limit.Token);
        }

        return _process.ExitCode;
    }

    /// <summary><c>kill -9</c>, of this process alone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        try
        {
            await StopAsync();
        }
        finally
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            _process.Dispose();
            _ownFolder?.Delete(recursive: true);
        }
    }
}
