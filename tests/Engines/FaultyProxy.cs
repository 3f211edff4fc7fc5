using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace FlickStream.Engines;

/// <summary>What happens to a request on its way.</summary>
public abstract record Fault
{
    /// <summary>The service answers with an error of S3 and does nothing.</summary>
    public sealed record Answer(int Status, string Code) : Fault;

    /// <summary>The connection breaks before the service hears of the request.</summary>
    public sealed record Cut : Fault;

    /// <summary>The service does what it is asked, and the connection breaks before it says so.</summary>
    public sealed record LostAnswer : Fault;

    /// <summary>The connection breaks after so many bytes of the answer's body.</summary>
    public sealed record CutBody(long Bytes) : Fault;

    /// <summary>The service hears of the request only after this time.</summary>
    public sealed record Slow(TimeSpan Pause) : Fault;

    /// <summary>After so many bytes of the answer's body nothing more comes.</summary>
    public sealed record StalledBody(long Bytes) : Fault;
}

/// <summary>Stands between a client and a service that speaks HTTP, and does to requests what a test asks for.</summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private static readonly HashSet<string> OfConnection =
        new(["Connection", "Expect", "Host", "Keep-Alive", "Transfer-Encoding"], StringComparer.OrdinalIgnoreCase);

    private readonly Uri _target;
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    private FaultyProxy(Uri target)
    {
        _target = target;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>Chooses what happens to a request; null for nothing.</summary>
    public Func<HttpRequest, Fault?> Faults { get; set; } = _ => null;

    /// <summary>Every request that came, as method, path with query, and range.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string Address => _app.Urls.Single();

    public static async Task<FaultyProxy> StartAsync(string target)
    {
        var proxy = new FaultyProxy(new Uri(target));
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        Requests.Enqueue($"{request.Method} {request.Path}{request.QueryString} {request.Headers.Range}".TrimEnd());
        switch (Faults(request))
        {
            case Fault.Answer answer:
                context.Response.StatusCode = answer.Status;
                context.Response.ContentType = "application/xml";
                if (!HttpMethods.IsHead(request.Method))
                    await context.Response.WriteAsync($"<Error><Code>{answer.Code}</Code><Message>As the test asked.</Message></Error>");
                break;
            case Fault.Cut:
                context.Abort();
                break;
            case Fault.LostAnswer:
                (await SendAsync(context)).Dispose();
                context.Abort();
                break;
            case Fault.Slow slow:
                await Task.Delay(slow.Pause, TimeProvider.System, context.RequestAborted);
                await AnswerAsync(context, long.MaxValue);
                break;
            case Fault.CutBody cut:
                await AnswerAsync(context, cut.Bytes);
                context.Abort();
                break;
            case Fault.StalledBody stalled:
                await AnswerAsync(context, stalled.Bytes);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                break;
            default:
                await AnswerAsync(context, long.MaxValue);
                break;
        }
    }

    private async Task AnswerAsync(HttpContext context, long bytes)
    {
        using var answer = await SendAsync(context);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (!OfConnection.Contains(name)) context.Response.Headers[name] = values.ToArray();
        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[64 << 10];
        while (bytes > 0 && await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), context.RequestAborted) is var read and > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            bytes -= read;
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContext context)
    {
        var request = context.Request;
        // As it came, byte for byte: it is signed.
        var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var uri = new Uri($"{_target.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), uri);
        if (request.ContentLength > 0) message.Content = new StreamContent(request.Body);
        else if (request.ContentLength == 0) message.Content = new ByteArrayContent([]);
        foreach (var (name, values) in request.Headers)
        {
            if (OfConnection.Contains(name) || message.Headers.TryAddWithoutValidation(name, values.ToArray())) continue;
            message.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        message.Headers.Host = request.Host.Value;
        return await _client.SendAsync(message, context.RequestAborted);
    }
}
