using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform;
using FlickStream.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FlickStream.Portal.Tests;

/// <summary>A portal on a free port with a data folder of its own, spoken to over real HTTP.</summary>
public sealed class PortalHost : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("flickstream-portal-");
    private WebApplication _app = null!;

    /// <summary>With the administrator's key.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public HttpClient Anonymous => ClientFor(null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Platform:DataFolder", _data.FullName)]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddPlatform(PlatformHosting.Standalone);
        builder.AddPortal();
        _app = builder.Build();
        _app.UsePlatform();
        _app.MapPortal();
        await _app.StartAsync(Ct);
        Admin = ClientFor((await File.ReadAllTextAsync(Path.Combine(_data.FullName, "admin.key"), Ct)).Trim());
    }

    public HttpClient ClientFor(string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()) };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async Task<(string Id, string Key)> CreateKeyAsync(params string[] scopes)
    {
        var answer = await Admin.PostAsJsonAsync("/api/keys", new { name = "a key", scopes }, Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return (body.GetProperty("id").GetString()!, body.GetProperty("key").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
