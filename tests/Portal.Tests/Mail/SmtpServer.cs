using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using CliWrap;
using CliWrap.EventStream;

namespace FlickStream.Portal.Tests.Mail;

/// <param name="Text">The whole message as it came over the line.</param>
/// <param name="Connection">Over which.</param>
internal sealed record Received(string From, IReadOnlyList<string> To, string Text, string Connection);

/// <summary>The server of <c>tests/Smtp</c>.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly Channel<string> _closed = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _run;

    private SmtpServer(string[] arguments) => _run = RunAsync(arguments);

    public int Port { get; private set; }

    public static async Task<SmtpServer> StartAsync(params string[] arguments)
    {
        var server = new SmtpServer(arguments);
        await Task.WhenAny(server._port.Task, server._run);
        if (server._run.IsFaulted) await server._run;
        server.Port = await server._port.Task;
        return server;
    }

    /// <summary>The next message that it took, which must come within half a minute.</summary>
    public Task<Received> NextAsync() => _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>The next connection that ended, likewise.</summary>
    public Task<string> NextClosedAsync() => _closed.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(string[] arguments)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Smtp");
        // Standard input stays open as long as it is to live, so that it ends with this process too.
        var input = PipeSource.Create(async (_, stop) => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        var command = Cli.Wrap("node").WithArguments(["server.mjs", .. arguments]).WithWorkingDirectory(folder).WithStandardInputPipe(input);
        await foreach (var said in command.ListenAsync(_stop.Token))
        {
            if (said is not StandardOutputCommandEvent { Text: var line }) continue;
            if (!_port.Task.IsCompleted) _port.SetResult(int.Parse(line, CultureInfo.InvariantCulture));
            else Told(JsonDocument.Parse(line).RootElement);
        }
    }

    private void Told(JsonElement what)
    {
        if (what.TryGetProperty("closed", out var connection)) _closed.Writer.TryWrite(connection.GetString()!);
        else _received.Writer.TryWrite(what.Deserialize<Received>(JsonSerializerOptions.Web)!);
    }
}
