using System.Diagnostics;
using System.Globalization;

namespace FlickStream.Portal.Bench;

/// <summary>A process of this program that serves.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>On all cores together, until now.</summary>
    public TimeSpan Busy
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static ProcessStartInfo StartInfo(params IEnumerable<string> arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "FlickStream.Portal.Bench.dll"), .. arguments]) { RedirectStandardOutput = true };

    public static async Task<ServerProcess> StartAsync(params IEnumerable<string> arguments)
    {
        var process = Process.Start(StartInfo(arguments))!;
        var port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A server did not start.");
        return new(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
