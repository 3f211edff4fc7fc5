using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Tests;

/// <summary>One host with default limits for the tests of a class.</summary>
public sealed class IngestFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private IngestHost? _host;

    internal IngestHost Host => _host ?? throw new InvalidOperationException("The host has not started.");

    public HttpClient Client => Host.Client;

    public async ValueTask InitializeAsync() => _host = await IngestHost.StartAsync(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _folder.Dispose();
    }

    public Task<Asset> AssetAsync(string id) => Host.AssetAsync(id);

    public Task<byte[]> MasterAsync(Asset asset) => Host.MasterAsync(asset);

    public Task<long> CountAssetsAsync() => Host.Assets.CountAsync([]);

    public Task<long> CountUploadsAsync() => Host.Uploads.CountAsync([]);

    public Task<List<PartialBlob>> PartialsAsync() => Host.PartialsAsync();
}

internal static class IngestHostExtensions
{
    public static async Task<Asset> AssetAsync(this IngestHost host, string id) =>
        (await host.Assets.GetAsync(id))?.Value ?? throw new InvalidOperationException($"There is no asset {id}.");

    public static async Task<byte[]> MasterAsync(this IngestHost host, Asset asset)
    {
        await using var stream = await host.Blobs.OpenReadAsync(asset.MasterKey)
            ?? throw new InvalidOperationException("There is no master.");
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public static async Task<List<PartialBlob>> PartialsAsync(this IngestHost host)
    {
        var partials = new List<PartialBlob>();
        await foreach (var found in host.Blobs.ListPartialsAsync()) partials.Add(found.Partial);
        return partials;
    }
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("flickstream-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
