using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FlickStream.Standalone.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlickStream.Infra.Tests;

/// <summary>nginx itself with the template that the deployments use, in front of servers that say who they are.</summary>
public sealed class FrontTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-front-");
    private readonly Dictionary<string, WebApplication> _services = [];
    private readonly HttpClient _client = new();
    private Process? _nginx;
    private TaskCompletionSource? _arrived;
    private string _output = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in (string[])["INGEST", "BOARD", "ORIGIN", "PORTAL"]) _services[name] = await ServiceAsync(name);
        var port = FreePort();
        var text = await File.ReadAllTextAsync(Repository.Path("infra", "front", "flickstream.conf.template"), Stop);
        text = text.Replace("${LISTEN}", $"127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace("/dev/stdout", $"{_folder.FullName}/access.log", StringComparison.Ordinal);
        foreach (var (name, service) in _services)
            text = text.Replace($"${{{name}}}", new Uri(service.Urls.Single()).Authority, StringComparison.Ordinal);
        var temp = string.Concat(((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(kind => $"{kind}_temp_path {_folder.FullName}/{kind};\n"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "nginx.conf"),
            $"daemon off; pid {_folder.FullName}/pid; error_log stderr; events {{ }} http {{ {temp} {text} }}",
            Stop);
        var start = new ProcessStartInfo("nginx", ["-e", "stderr", "-p", _folder.FullName, "-c", "nginx.conf"]) { RedirectStandardError = true };
        _nginx = Process.Start(start)!;
        _nginx.ErrorDataReceived += (_, line) => _output += line.Data + "\n";
        _nginx.BeginErrorReadLine();
        _client.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await AnswersAsync(limit.Token))
        {
            Assert.False(_nginx.HasExited, _output);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_nginx is not null)
        {
            // Its workers end with it when it is asked, and not when it is killed.
            using var quit = Process.Start("kill", ["-TERM", $"{_nginx.Id}"]);
            await quit.WaitForExitAsync(CancellationToken.None);
            await _nginx.WaitForExitAsync(CancellationToken.None);
            _nginx.Dispose();
        }

        foreach (var service in _services.Values) await service.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_path_reaches_its_service_and_operators_paths_none()
    {
        (string Path, string Service)[] paths =
        [
            ("/", "PORTAL"), ("/app.js", "PORTAL"), ("/api/keys", "PORTAL"), ("/api/uploads", "INGEST"), ("/api/uploads/a", "INGEST"),
            ("/api/assets?limit=1", "INGEST"), ("/api/jobs", "BOARD"), ("/api/jobs/events", "BOARD"), ("/api/workers", "BOARD"),
            ("/api/playback", "ORIGIN"), ("/play/token/master.m3u8", "ORIGIN"),
        ];
        foreach (var (path, service) in paths)
            Assert.Equal(service, (await _client.GetStringAsync(new Uri(path, UriKind.Relative), Stop)).Split(' ')[0]);
        foreach (var path in (string[])["/metrics", "/health/ready", "/health/live"])
        {
            using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task An_upload_of_any_size_is_passed_on_as_it_comes()
    {
        var arrived = new TaskCompletionSource();
        _arrived = arrived;
        using var content = new WaitingContent(arrived.Task);
        using var answer = await _client.PatchAsync(new Uri("/api/uploads/a", UriKind.Relative), content, Stop);
        Assert.Equal($"INGEST {WaitingContent.Bytes}", await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_token_is_in_no_log()
    {
        await _client.GetStringAsync(new Uri("/play/secret-token/master.m3u8", UriKind.Relative), Stop);

        // The line comes after the answer.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        string log;
        while (!(log = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "access.log"), limit.Token)).Contains("GET /play/", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        Assert.DoesNotContain("secret-token", log, StringComparison.Ordinal);
    }

    private async Task<WebApplication> ServiceAsync(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        app.Run(async context =>
        {
            var (bytes, buffer) = (0L, new byte[64 << 10]);
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
            {
                bytes += read;
                _arrived?.TrySetResult();
            }

            await context.Response.WriteAsync($"{name} {bytes}");
        });
        await app.StartAsync(Stop);
        return app;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri("/", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Sends its end only when its beginning has arrived: whoever buffers it waits for ever.</summary>
    private sealed class WaitingContent(Task arrived) : HttpContent
    {
        public const int Bytes = 3 << 20;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[Bytes / 2]);
            await stream.FlushAsync();
            await arrived.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
            await stream.WriteAsync(new byte[Bytes / 2]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Bytes;
            return true;
        }
    }
}
