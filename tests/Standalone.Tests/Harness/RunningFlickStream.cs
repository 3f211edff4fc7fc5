using System.Diagnostics;
using System.Net.Http.Headers;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>FlickStream as a person starts it: its own process, a free port and an empty data folder.</summary>
internal sealed class RunningFlickStream : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo? _ownFolder;
    private readonly RunningProcess _process;

    private RunningFlickStream(DirectoryInfo? ownFolder, RunningProcess process, Uri page)
    {
        (_ownFolder, _process, Page) = (ownFolder, process, page);
        Client = new HttpClient { BaseAddress = new Uri(page.GetLeftPart(UriPartial.Authority)), Timeout = Timeout.InfiniteTimeSpan };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", page.Fragment["#key=".Length..]);
    }

    /// <summary>The program itself and not "dotnet" with it, because packed tests run where there is no SDK.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "FlickStream.Standalone");

    /// <summary>The address it printed, with the administrator's key behind the #.</summary>
    public Uri Page { get; }

    /// <summary>Of one that was not started on a folder of somebody else's.</summary>
    public string DataFolder => _ownFolder!.FullName;

    /// <summary>Sends the administrator's key.</summary>
    public HttpClient Client { get; }

    public int ProcessId => _process.Id;

    public string Output => _process.Output;

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
    /// <param name="hasDemo">Whether it makes its sample and the demo data, where nothing is kept yet.</param>
    public static Task<RunningFlickStream> StartOnAsync(
        string dataFolder, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken, bool hasDemo = false)
    {
        var command = Command(dataFolder, hasDemo ? [] : ["--empty"]);
        foreach (var (name, value) in options) command.Environment[name] = value;
        return StartAsync(command, null, cancellationToken);
    }

    private static ProcessStartInfo Command(string dataFolder, IReadOnlyList<string> arguments)
    {
        var command = new ProcessStartInfo(Program, ["--data", dataFolder, "--port", "0", .. arguments]) { WorkingDirectory = dataFolder };
        // Work that goes on after a title is ready would take cores from whatever is tested next.
        command.Environment["Worker__MeasureQuality"] = "false";
        // Nor is it the work of most tests how well a picture looks at its rate.
        command.Environment["Planning__Preset"] = "superfast";
        foreach (var (name, value) in MongoDatabases.OptionsFor(dataFolder)) command.Environment[name] = value;
        return command;
    }

    private static async Task<RunningFlickStream> StartAsync(ProcessStartInfo start, DirectoryInfo? ownFolder, CancellationToken cancellationToken)
    {
        var process = RunningProcess.Start(start);
        var line = await process.LineAsync(printed => printed.Contains("#key=", StringComparison.Ordinal), StartLimit, cancellationToken);
        var address = line.Split(' ').First(word => word.Contains("#key=", StringComparison.Ordinal));
        var running = new RunningFlickStream(ownFolder, process, new Uri(address));
        using var ready = await running.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
        Assert.True(ready.IsSuccessStatusCode, $"/health/ready answers {ready.StatusCode}");
        return running;
    }

    /// <inheritdoc cref="RunningProcess.LineAsync"/>
    public Task<string> LineAsync(Func<string, bool> isWanted, TimeSpan within, CancellationToken cancellationToken) => _process.LineAsync(isWanted, within, cancellationToken);

    /// <inheritdoc cref="RunningProcess.StopAsync"/>
    public Task<int> StopAsync() => _process.StopAsync();

    /// <inheritdoc cref="RunningProcess.KillAsync"/>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        try
        {
            await _process.DisposeAsync();
        }
        finally
        {
            _ownFolder?.Delete(recursive: true);
        }
    }
}
