using System.Collections.Concurrent;
using System.Net;
using System.Text;
using FlickStream.Standalone.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlickStream.Standalone.Tests.Run;

/// <summary>What a collector of OpenTelemetry hears of a master.</summary>
public sealed class TraceTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-trace-");
    private readonly ConcurrentQueue<byte[]> _exports = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_way_of_a_master_is_one_trace_from_its_upload_to_its_publishing_and_tells_no_token()
    {
        await using var collector = await CollectorAsync();
        var options = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        };
        var master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "master.mov"), seconds: 3, cancellationToken: Cancellation);
        await using (var run = await RunningFlickStream.StartOnAsync(_folder.CreateSubdirectory("data").FullName, options, Cancellation))
        {
            run.Client.DefaultRequestHeaders.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");
            var id = await run.Client.UploadAsync(master.Path, Cancellation);
            run.Client.DefaultRequestHeaders.Remove("traceparent");
            await run.Client.WaitForAsync(id, asset => asset.StateIs("ready"), Cancellation);
            var grant = await run.Client.GrantAsync(id, Cancellation);
            await run.Client.GetStringAsync(new Uri(grant.Hls), Cancellation);

            // A process that stops sends what it has left.
            Assert.Equal(0, await run.StopAsync());
        }

        var names = _exports.SelectMany(export => NamesOfSpans(export, Convert.FromHexString(TraceId))).ToList();
        Assert.Contains("POST /api/uploads/", names);
        Assert.Contains("inspect", names);
        Assert.Contains("plan", names);
        Assert.Contains(names, name => name.StartsWith("step ", StringComparison.Ordinal));
        Assert.Contains("step publish", names);
        Assert.DoesNotContain(_exports, export => Encoding.Latin1.GetString(export).Contains("/play/", StringComparison.Ordinal));
    }

    private async Task<WebApplication> CollectorAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            _exports.Enqueue(body.ToArray());
        });
        await app.StartAsync(Cancellation);
        return app;
    }

    /// <summary>A span is a message that begins with its trace's id, field 1 of 16 bytes; its name is field 5.</summary>
    private static IEnumerable<string> NamesOfSpans(byte[] export, byte[] traceId)
    {
        byte[] head = [0x0A, 16, .. traceId];
        for (var from = 0; export.AsSpan(from).IndexOf(head) is var at and >= 0;)
        {
            from += at + head.Length;
            if (Name(export, from) is { } name) yield return name;
        }
    }

    private static string? Name(byte[] export, int at)
    {
        while (at < export.Length)
        {
            var (tag, length) = (export[at] | ((export[at] & 0x80) != 0 ? export[at + 1] << 8 : 0), export[at] < 0x80 ? 1 : 2);
            at += length;
            switch (tag & 7)
            {
                case 2 when tag >> 3 == 5:
                    return Encoding.UTF8.GetString(export, at + 1, export[at]);
                case 2:
                    at += 1 + export[at];
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
