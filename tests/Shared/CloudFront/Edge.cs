using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlickStream.Tests.CloudFront;

/// <summary>An edge of a distribution with a key group, over TLS: lets in whoever shows a good signature, sends the files of a folder as
/// the bucket's objects, and sends CORS headers with refusals too.</summary>
internal sealed class Edge : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Edge(WebApplication app) => _app = app;

    /// <summary>With a closing slash.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The bucket: blobs by their keys.</summary>
    public string Folder { get; set; } = "";

    public KeyGroup Keys { get; set; } = new();

    /// <summary>What was asked for and how it was answered.</summary>
    public ConcurrentQueue<(string Path, int Status, string? Reason)> Requests { get; } = new();

    public static async Task<Edge> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate())));
        var edge = new Edge(builder.Build());
        edge._app.Run(context => edge.AnswerAsync(context, (time ?? TimeProvider.System).GetUtcNow()));
        await edge._app.StartAsync();
        edge.Url = new Uri(edge._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        return edge;
    }

    /// <summary>A client that trusts it.</summary>
    public static HttpClient Client() =>
        new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true, UseCookies = false, AllowAutoRedirect = false });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, DateTimeOffset now)
    {
        var request = context.Request;
        context.Response.Headers.AccessControlAllowOrigin = "*";
        var url = new Uri(Url, $"{request.Path}{request.QueryString}");
        var query = request.Query.ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
        var cookies = request.Cookies.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        var reason = Keys.WhyNot(url, query, cookies, now);
        var file = Path.Combine(Folder, request.Path.Value!.TrimStart('/'));

        // A bucket that may not be listed says 403 for what is not there.
        if (reason is null && !File.Exists(file)) reason = "not there";
        if (reason is not null) await Results.StatusCode(StatusCodes.Status403Forbidden).ExecuteAsync(context);
        else await Results.File(file, "application/octet-stream", enableRangeProcessing: true).ExecuteAsync(context);
        Requests.Enqueue((request.Path.Value!, context.Response.StatusCode, reason));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=edge", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
