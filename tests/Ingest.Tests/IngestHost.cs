using System.Net.Http.Headers;
using FlickStream.Platform;
using FlickStream.Platform.Access;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Http;
using FlickStream.Ingest.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlickStream.Ingest.Tests;

/// <summary>Ingest over real HTTP on a free port, with its data in a folder that may outlive it.</summary>
internal sealed class IngestHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private IngestHost(WebApplication app, HttpClient client) => (_app, Client) = (app, client);

    /// <summary>The client of one key, which a host on the same data has too.</summary>
    public HttpClient Client { get; }

    /// <summary>As whose its client's uploads are kept.</summary>
    public string Owner => Client.DefaultRequestHeaders.Authorization!.Parameter!.Split('_')[1];

    public IServiceProvider Services => _app.Services;

    public IBlobs Blobs => Services.GetRequiredService<IBlobs>();

    public IDocumentSet<Upload> Uploads => Services.GetRequiredService<IDocuments>().Set(Upload.Schema);

    public IDocumentSet<Asset> Assets => Services.GetRequiredService<IDocuments>().Set(Asset.Schema);

    public static async Task<IngestHost> StartAsync(
        string folder, Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Platform:DataFolder"] = folder;
        builder.Configuration["Ingest:Uploads:MinimumFreeBytes"] = "0";
        foreach (var (key, value) in settings) builder.Configuration[key] = value;
        builder.AddPlatform(PlatformHosting.Standalone);
        builder.AddIngest();
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UsePlatform();
        app.MapIngest();
        await app.StartAsync();
        return new IngestHost(app, ClientOf(app, await KeyAsync(app, folder)));
    }

    /// <summary>A client with a new key.</summary>
    public async Task<HttpClient> NewClientAsync(params string[] scopes) => ClientOf(_app, await NewKeyAsync(_app, scopes));

    private static async Task<string> KeyAsync(WebApplication app, string folder)
    {
        var file = Path.Combine(folder, "test.key");
        if (!File.Exists(file)) await File.WriteAllTextAsync(file, await NewKeyAsync(app, [Scopes.Ingest]));
        return await File.ReadAllTextAsync(file);
    }

    private static async Task<string> NewKeyAsync(WebApplication app, string[] scopes) =>
        (await app.Services.GetRequiredService<ApiKeys>().CreateAsync("test", scopes)).Text;

    private static HttpClient ClientOf(WebApplication app, string key)
    {
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
