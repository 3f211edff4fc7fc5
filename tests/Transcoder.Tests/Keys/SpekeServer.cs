using System.Collections.Concurrent;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlickStream.Transcoder.Tests.Keys;

/// <summary>A key server as AWS's documentation of SPEKE 2.0 describes one: it fills in the request and sends it back.</summary>
internal sealed class SpekeServer : IAsyncDisposable
{
    private static readonly XNamespace Cpix = "urn:dashif:org:cpix";
    private static readonly XNamespace Pskc = "urn:ietf:params:xml:ns:keyprov:pskc";

    private readonly WebApplication _app;

    private SpekeServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/speke/v2.0/copyProtection", AnswerAsync);
    }

    internal sealed record Request(IHeaderDictionary Headers, XDocument Body);

    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>What it answers instead, one after the other.</summary>
    public ConcurrentQueue<(int Status, string Body)> Failures { get; } = new();

    /// <summary>Changes a good answer.</summary>
    public Action<XElement> Spoil { get; set; } = _ => { };

    public Uri Url { get; private set; } = null!;

    public static async Task<SpekeServer> StartAsync()
    {
        var server = new SpekeServer();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        server.Url = new Uri($"{server._app.Urls.Single()}/speke/v2.0/copyProtection");
        return server;
    }

    /// <summary>It gives the same key whenever it is asked for the same id.</summary>
    public static byte[] KeyOf(string kid) => System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(kid))[..16];

    public static byte[] PsshOf(string kid) =>
        [0, 0, 0, 36, .. "pssh"u8, 0, 0, 0, 0, .. Guid.Parse("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed").ToByteArray(true), 0, 0, 0, 4, .. Encoding.ASCII.GetBytes(kid[..4])];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var body = await XDocument.LoadAsync(http.Request.Body, LoadOptions.None, http.RequestAborted);
        Requests.Enqueue(new Request(new HeaderDictionary(http.Request.Headers.ToDictionary()), body));
        if (Failures.TryDequeue(out var failure))
        {
            http.Response.StatusCode = failure.Status;
            await http.Response.WriteAsync(failure.Body);
            return;
        }

        var answer = new XElement(body.Root!);
        foreach (var key in answer.Descendants(Cpix + "ContentKey"))
        {
            key.Add(new XElement(Cpix + "Data", new XElement(Pskc + "Secret", new XElement(
                Pskc + "PlainValue", Convert.ToBase64String(KeyOf(key.Attribute("kid")!.Value))))));
        }

        foreach (var system in answer.Descendants(Cpix + "DRMSystem")) Fill(system);
        Spoil(answer);
        http.Response.ContentType = "application/xml";
        http.Response.Headers["X-Speke-Version"] = "2.0";
        http.Response.Headers["X-Speke-User-Agent"] = "Test";
        await http.Response.WriteAsync(answer.ToString());
    }

    private static void Fill(XElement system)
    {
        var (kid, id) = (system.Attribute("kid")!.Value, system.Attribute("systemId")!.Value);
        system.Element(Cpix + "PSSH")?.SetValue(Convert.ToBase64String(PsshOf(kid)));
        system.Element(Cpix + "ContentProtectionData")?.SetValue(Base64($"<cenc:pssh>{Convert.ToBase64String(PsshOf(kid))}</cenc:pssh>"));
        foreach (var data in system.Elements(Cpix + "HLSSignalingData"))
        {
            var tag = data.Attribute("playlist")!.Value == "media" ? "#EXT-X-KEY" : "#EXT-X-SESSION-KEY";
            data.Value = Base64($"{tag}:METHOD=SAMPLE-AES,URI=\"skd://{kid}\",KEYFORMAT=\"urn:uuid:{id}\",KEYFORMATVERSIONS=\"1\"");
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
