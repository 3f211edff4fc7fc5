using System.Diagnostics;
using FlickStream.Engines;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Apart;

/// <summary>One of the services in its own process, which can be killed and started again at the same address.</summary>
/// <param name="name">Unlike those of the others.</param>
/// <param name="program">Such as <c>Ingest</c>.</param>
/// <param name="options">Configuration, by the names of environment variables.</param>
/// <param name="launcher">What starts the program, with its arguments; it must become the program, so that a kill hits it.</param>
internal sealed class ServiceProcess(
    string name, string program, IReadOnlyDictionary<string, string> options, params IReadOnlyList<string> launcher) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly int _port = FreePort.Find();
    private readonly List<RunningProcess> _lives = [];

    public string Name => name;

    public string Authority => $"127.0.0.1:{_port}";

    public int ProcessId => _lives[^1].Id;

    /// <summary>Of all its lives.</summary>
    public string Output => string.Join("\n-- started again\n", _lives.Select(life => life.Output));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string[] line = [.. launcher, Path.Combine(AppContext.BaseDirectory, $"FlickStream.{program}")];
        var start = new ProcessStartInfo(line[0], line[1..]);
        foreach (var (option, value) in options) start.Environment[option] = value;
        start.Environment["ASPNETCORE_URLS"] = $"http://{Authority}";
        _lives.Add(RunningProcess.Start(start));
        await _lives[^1].LineAsync(line => line.Contains("Now listening on", StringComparison.Ordinal), StartLimit, cancellationToken);
    }

    /// <summary>Waits until it says that it and all it needs is there.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{Authority}") };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (true)
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
            if (answer.IsSuccessStatusCode) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit.Token);
        }
    }

    public Task KillAsync() => _lives[^1].KillAsync();

    public Task<int> StopAsync() => _lives[^1].StopAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var life in _lives) await life.DisposeAsync();
    }
}
