using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>A collector of OpenTelemetry's OTLP over HTTP, and the spans that it was sent.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    /// <param name="Service">Of the resource, <c>service.name</c>.</param>
    /// <param name="Attributes">Those that are texts or whole numbers.</param>
    internal sealed record Span(string TraceId, string Service, string Name, IReadOnlyDictionary<string, string> Attributes);

    private readonly WebApplication _app;

    private TraceCollector(WebApplication app) => _app = app;

    /// <summary>What came, as it came.</summary>
    public ConcurrentQueue<byte[]> Exports { get; } = new();

    public IEnumerable<Span> Spans => Exports.SelectMany(export => SpansOf(export));

    /// <summary>What a process must be told to send its spans here, soon after they end.</summary>
    public IReadOnlyDictionary<string, string> Options => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    public static async Task<TraceCollector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var collector = new TraceCollector(builder.Build());
        collector._app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector.Exports.Enqueue(body.ToArray());
        });
        await collector._app.StartAsync(cancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Numbers of fields: opentelemetry-proto, trace/v1/trace.proto and common/v1/common.proto.
    private static IEnumerable<Span> SpansOf(byte[] export)
    {
        foreach (var (_, resourceSpans) in Fields(export).Where(field => field.Number == 1))
        {
            var resource = Fields(resourceSpans).Where(field => field.Number == 1).SelectMany(field => Attributes(field.Value, 1)).ToDictionary();
            foreach (var (_, scopeSpans) in Fields(resourceSpans).Where(field => field.Number == 2))
                foreach (var (_, span) in Fields(scopeSpans).Where(field => field.Number == 2))
                    yield return SpanOf(resource["service.name"], span);
        }
    }

    private static Span SpanOf(string service, ReadOnlyMemory<byte> span) => new(
        Convert.ToHexStringLower(Fields(span).First(field => field.Number == 1).Value.Span),
        service,
        Encoding.UTF8.GetString(Fields(span).First(field => field.Number == 5).Value.Span),
        Attributes(span, 9).ToDictionary());

    private static IEnumerable<KeyValuePair<string, string>> Attributes(ReadOnlyMemory<byte> message, int number)
    {
        foreach (var (_, attribute) in Fields(message).Where(field => field.Number == number))
        {
            var parts = Fields(attribute).ToDictionary(field => field.Number, field => field.Value);
            foreach (var (kind, value) in Fields(parts[2]))
            {
                var text = kind switch
                {
                    1 => Encoding.UTF8.GetString(value.Span),
                    3 => $"{BinaryPrimitives.ReadInt64LittleEndian(value.Span)}",
                    _ => null,
                };
                if (text is not null) yield return new(Encoding.UTF8.GetString(parts[1].Span), text);
            }
        }
    }

    /// <summary>The fields of a protobuf message; a varint's value as eight bytes.</summary>
    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Value)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var length = (tag & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(message, ref at), _ => 0 };
            var value = message.Slice(at, length);
            if ((tag & 7) == 0)
            {
                var bytes = new byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, Varint(message, ref at));
                value = bytes;
            }

            yield return ((int)(tag >> 3), value);
            at += length;
        }
    }

    private static ulong Varint(ReadOnlyMemory<byte> message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message.Span[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
