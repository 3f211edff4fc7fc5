using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using FlickStream.Origin.Presentations;
using FlickStream.Platform;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Tests.CloudFront;
using FlickStream.Tests.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Origin.Tests;

/// <summary>An origin on a free port with its own folder and clock.</summary>
internal sealed class OriginHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("origin-").FullName;
    private readonly WebApplication _app;

    private OriginHost(IDocuments? documents, FakeTimeProvider? time, bool isLocal, Action<KestrelServerOptions>? kestrel, Dictionary<string, string?>? settings)
    {
        Time = time ?? new FakeTimeProvider(Sample.Start);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel ?? (o => o.Listen(System.Net.IPAddress.Loopback, 0)));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore().AddProblemDetails();
        if (settings is not null) builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Configuration["Platform:DataFolder"] = _folder;
        builder.AddPlatform(PlatformHosting.Standalone);
        if (documents is not null) builder.Services.AddSingleton(documents);
        if (!isLocal)
        {
            var blobs = builder.Services.Single(s => s.ServiceType == typeof(IBlobs));
            builder.Services.AddSingleton<IBlobs>(provider => new FarBlobs((IBlobs)blobs.ImplementationFactory!(provider)));
        }

        builder.Services.AddSingleton<ILoggerProvider>(Log);
        var credentials = InvalidationApi.Credentials;
        builder.Services.AddSingleton<AWSCredentials>(new SessionAWSCredentials(
            credentials["AWS_ACCESS_KEY_ID"], credentials["AWS_SECRET_ACCESS_KEY"], credentials["AWS_SESSION_TOKEN"]));
        builder.Services.AddAuthentication(KeyHeader.Header).AddScheme<AuthenticationSchemeOptions, KeyHeader>(KeyHeader.Header, null);
        builder.AddOrigin();
        _app = builder.Build();
        _app.UseRouting();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapOrigin();
    }

    public FakeTimeProvider Time { get; }

    public IDocuments Documents => Services.GetRequiredService<IDocuments>();

    public IBlobs Blobs => Services.GetRequiredService<IBlobs>();

    public Withdrawals Withdrawals => Services.GetRequiredService<Withdrawals>();

    public LogLines Log { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Asks with another client from now on.</summary>
    public void Use(HttpClient client)
    {
        client.BaseAddress = Client.BaseAddress;
        Client = client;
    }

    public IServiceProvider Services => _app.Services;

    /// <param name="segments">Segments every rendition of <see cref="Sample.Presentation"/> has.</param>
    public static async Task<OriginHost> StartAsync(
        int segments = 4,
        PresentationState state = PresentationState.Ready,
        IDocuments? documents = null,
        FakeTimeProvider? time = null,
        bool isLocal = true,
        Action<KestrelServerOptions>? kestrel = null,
        Dictionary<string, string?>? settings = null)
    {
        var host = new OriginHost(documents, time, isLocal, kestrel, settings);
        if (documents is null) await host.PutTitleAsync(segments, state);
        await host._app.StartAsync();
        host.Client = new HttpClient { BaseAddress = new Uri(host._app.Urls.First()) };
        return host;
    }

    public async Task PutTitleAsync(int segments, PresentationState state)
    {
        await Documents.Set(Asset.Schema).InsertAsync(Sample.AssetId, new Asset
        {
            Id = Sample.AssetId,
            Owner = "studio",
            State = AssetState.Accepted,
            Title = "Title",
            FileName = "title.mp4",
            SizeBytes = 1,
            MasterKey = "masters/1",
            CreatedAt = Sample.Start,
        });
        await Documents.Set(Presentation.Schema).InsertAsync(Sample.AssetId, Sample.Presentation with { State = state });
        foreach (var rendition in Sample.Renditions) await PutAsync($"{rendition}/init.mp4", 1000);
        await PutAsync("poster.jpg", 500);
        await PutAsync("sprites/0.jpg", 600);
        for (var n = 0; n < segments; n++) await PutSegmentAsync(n);
    }

    public async Task PutSegmentAsync(int n)
    {
        foreach (var rendition in Sample.Renditions)
        {
            var run = Sample.Run(rendition, n);
            await PutAsync($"{rendition}/{n}.m4s", run.Segments[0].Bytes);
            await Documents.Set(SegmentRun.Schema).InsertAsync(SegmentRun.IdOf(run.AssetId, run.Revision, rendition, n), run);
        }
    }

    public Task SetStateAsync(PresentationState state) =>
        Documents.Set(Presentation.Schema).UpdateAsync(Sample.AssetId, p => p with { State = state });

    public Task SetAssetAsync(AssetState state) => Documents.Set(Asset.Schema).UpdateAsync(Sample.AssetId, a => a with { State = state });

    public Task RingAsync(string topic) => Services.GetRequiredService<IBus>().PublishAsync(topic, Sample.AssetId).AsTask();

    public Task<HttpResponseMessage> AskAsync(object request, string key = "key1") =>
        Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/playback") { Content = JsonContent.Create(request), Headers = { { KeyHeader.Header, key } } });

    /// <summary>A grant that is given.</summary>
    public async Task<JsonObject> GrantAsync(object? request = null)
    {
        using var response = await AskAsync(request ?? new { assetId = Sample.AssetId });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    /// <summary>The folder of a grant's manifests, with a closing slash.</summary>
    public async Task<Uri> PlayAsync(object? request = null) => new(new Uri((string)(await GrantAsync(request))["hls"]!), ".");

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<bool> PutAsync(string name, int size) =>
        Blobs.WriteAsync($"media/{Sample.AssetId}/{Sample.Revision}/{name}", new MemoryStream(Sample.Content(name, size)));
}
