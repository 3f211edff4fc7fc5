using System.Net;
using FlickStream.Engines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlickStream.Infra.Tests;

/// <summary>nginx itself with the template that the deployments use, in front of servers that say who they are.</summary>
public sealed class FrontTests : IAsyncLifetime
{
    private readonly Dictionary<string, WebApplication> _services = [];
    private readonly HttpClient _client = new();
    private NginxFront? _front;
    private TaskCompletionSource? _arrived;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in (string[])["INGEST", "BOARD", "ORIGIN", "PORTAL"]) _services[name] = await ServiceAsync(name);
        _front = new NginxFront(_services.ToDictionary(service => service.Key, service => new Uri(service.Value.Urls.Single()).Authority));
        await _front.StartAsync(Stop);
        _client.BaseAddress = _front.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_front is not null) await _front.DisposeAsync();
        foreach (var service in _services.Values) await service.DisposeAsync();
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
        await _client.GetStringAsync(new Uri("/unsubscribe?token=secret-token", UriKind.Relative), Stop);

        // The line comes after the answer.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        string log;
        while (!(log = await File.ReadAllTextAsync(_front!.Log, limit.Token)).Contains("GET /unsubscribe", StringComparison.Ordinal))
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
