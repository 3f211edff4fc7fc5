using System.Diagnostics;
using System.Text;

namespace FlickStream.Engines;

/// <summary>nginx as the deployments run it, from their own template, on a free port of this machine.</summary>
/// <param name="services">Names in the template's braces and where those services listen, as <c>host:port</c>.</param>
public sealed class NginxFront(IReadOnlyDictionary<string, string> services) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-front-");
    private readonly StringBuilder _output = new();
    private Process? _nginx;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    /// <summary>The access log.</summary>
    public string Log => Path.Combine(_folder.FullName, "access.log");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "flickstream.conf.template"), cancellationToken);
        text = text.Replace("${LISTEN}", Address.Authority, StringComparison.Ordinal).Replace("/dev/stdout", Log, StringComparison.Ordinal);
        foreach (var (name, address) in services) text = text.Replace($"${{{name}}}", address, StringComparison.Ordinal);
        string[] kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        var temporary = string.Concat(kinds.Select(kind => $"{kind}_temp_path {_folder.FullName}/{kind};\n"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "nginx.conf"),
            $"daemon off; pid {_folder.FullName}/pid; error_log stderr; events {{ }} http {{ {temporary} {text} }}",
            cancellationToken);
        var start = new ProcessStartInfo("nginx", ["-e", "stderr", "-p", _folder.FullName, "-c", "nginx.conf"]) { RedirectStandardError = true };
        _nginx = Process.Start(start)!;
        _nginx.ErrorDataReceived += (_, line) => _output.AppendLine(line.Data);
        _nginx.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        using var client = new HttpClient();
        while (!await AnswersAsync(client, limit.Token))
        {
            if (_nginx.HasExited) throw new InvalidOperationException($"nginx does not start: {_output}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
        {
            // Its workers end with it when it is asked, and not when it is killed.
            using var quit = Process.Start("kill", ["-TERM", $"{_nginx.Id}"]);
            await quit.WaitForExitAsync(CancellationToken.None);
            await _nginx.WaitForExitAsync(CancellationToken.None);
            _nginx.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(Address, "/health/live"), cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
