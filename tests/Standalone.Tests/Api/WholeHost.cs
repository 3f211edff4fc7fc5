using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FlickStream.Ingest;
using FlickStream.Origin;
using FlickStream.Platform;
using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Http;
using FlickStream.Portal;
using FlickStream.Transcoder;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlickStream.Standalone.Tests.Api;

/// <summary>All services in this process as the standalone one has them, spoken to over HTTP.</summary>
public sealed class WholeHost : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("flickstream-api-");
    private readonly Dictionary<string, string> _keys = [];
    private WebApplication _app = null!;

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>The document, as clients get it.</summary>
    public JsonElement Document { get; private set; }

    /// <summary>What the document has: <c>GET /api/keys</c>, and the operation.</summary>
    public IReadOnlyDictionary<string, JsonElement> Operations { get; private set; } = null!;

    /// <summary>What is mapped, whether or not the document has it.</summary>
    public IEnumerable<RouteEndpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Platform:DataFolder", _data.FullName), new("Accounts:PublicUrl", "https://watch.example.org"),
            // What is asked here comes from one address.
            new("Accounts:RequestsPerNetwork", "100000"), new("Platform:Access:UnknownKeysPerMinute", "100000"),
        ]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.AddPlatform(PlatformHosting.Standalone);
        builder.AddIngest().AddTranscoder().AddOrigin().AddPortal();
        _app = builder.Build();
        _app.UsePlatform();
        _app.MapIngest().MapTranscoder().MapOrigin().MapPortal();
        await _app.StartAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(_app.Urls.First()) };
        var keys = _app.Services.GetRequiredService<ApiKeys>();
        foreach (var scope in Scopes.All) _keys[$"key:{scope}"] = (await keys.CreateAsync(scope, [scope])).Text;
        _keys["studio key:jobs"] = (await keys.CreateAsync("studio", [Scopes.Jobs], "0123456789abcdef", CancellationToken.None)).Text;
        Document = JsonElement.Parse(await Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        Operations = Document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Route: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value)))
            .ToDictionary(operation => operation.Route, operation => operation.Value);
    }

    /// <summary>The route asked for by somebody, with ids of nothing and an empty body.</summary>
    /// <param name="route"><c>POST /api/keys</c>.</param>
    /// <param name="caller"><c>anonymous</c>, a role, or <c>key:</c> and a scope, behind <c>studio </c> of an organisation. Each person comes with a session of their own, which the request may end.</param>
    internal async Task<HttpRequestMessage> RequestAsync(string route, string caller)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        var request = new HttpRequestMessage(
            new HttpMethod(method), new Uri(string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? "0123456789abcdef" : part)), UriKind.Relative));
        if (method is "POST" or "PUT" or "PATCH") request.Content = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        if (path.StartsWith("/api/uploads", StringComparison.Ordinal)) request.Headers.Add("Tus-Resumable", "1.0.0");
        if (_keys.TryGetValue(caller, out var key)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (Roles.All.Contains(caller))
        {
            var opened = await _app.Services.GetRequiredService<SessionStore>().OpenAsync("0123456789abcdef", caller, null, "", "", CancellationToken.None);
            request.Headers.Add("Cookie", $"{SessionCookie.Name}={opened.Text}");
            request.Headers.Add("X-FlickStream", "1");
        }

        return request;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
