using FlickStream.Standalone.Tests.Harness;
using FlickStream.Tests.CloudFront;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Standalone.Tests.Delivery;

/// <summary>A FlickStream whose media come from an edge: nothing but its manifests is asked of the origin.</summary>
internal sealed class CdnRun : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-cdn-");
    private readonly List<SigningKey> _keys = [];
    private RunningFlickStream? _running;

    public FakeTimeProvider EdgeTime { get; } = new(TimeProvider.System.GetUtcNow());

    public Edge Edge { get; private set; } = null!;

    public InvalidationApi Api { get; private set; } = null!;

    public RunningFlickStream FlickStream => _running!;

    public string Folder => _folder.FullName;

    private string Data => Path.Combine(Folder, "data");

    public static async Task<CdnRun> StartAsync(CancellationToken cancellationToken)
    {
        var run = await PrepareAsync();
        await run.StartFlickStreamAsync(cancellationToken);
        return run;
    }

    /// <summary>All that it needs, and not yet itself.</summary>
    public static async Task<CdnRun> PrepareAsync()
    {
        var run = new CdnRun();
        Directory.CreateDirectory(run.Data);
        run.Edge = await Edge.StartAsync(run.EdgeTime);
        run.Edge.Folder = Path.Combine(run.Data, "blobs", "objects");
        run.Api = await InvalidationApi.StartAsync(503);
        run.AddKey(SigningKey.Rsa(run.Folder, "K1"));
        return run;
    }

    /// <summary>Behind the others, and in the edge's key group.</summary>
    public void AddKey(SigningKey key)
    {
        _keys.Add(key);
        Edge.Keys = new KeyGroup([.. _keys]);
    }

    /// <summary>Starts it, or starts it again, with the keys that there are now.</summary>
    public async Task StartFlickStreamAsync(CancellationToken cancellationToken)
    {
        await StopFlickStreamAsync();
        var options = new Dictionary<string, string>(InvalidationApi.Credentials)
        {
            ["Delivery__Adapter"] = "CloudFront",
            ["Delivery__CloudFront__BaseUrl"] = Edge.Url.AbsoluteUri,
            ["Delivery__CloudFront__DistributionId"] = "E2QWRUHAPOMQZL",
            ["Delivery__CloudFront__ApiUrl"] = Api.Address.AbsoluteUri,
            ["Origin__WithdrawalInterval"] = "00:00:00.5",
            ["Ingest__Assets__SweepInterval"] = "00:00:00.5",
            ["Board__SweepInterval"] = "00:00:01",
        };
        for (var i = 0; i < _keys.Count; i++)
        {
            options[$"Delivery__CloudFront__Keys__{i}__KeyPairId"] = _keys[i].KeyPairId;
            options[$"Delivery__CloudFront__Keys__{i}__PrivateKeyFile"] = _keys[i].File;
        }

        _running = await RunningFlickStream.StartOnAsync(Data, options, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopFlickStreamAsync();
        await Edge.DisposeAsync();
        await Api.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task StopFlickStreamAsync()
    {
        if (_running is not { } running) return;
        _running = null;
        await running.DisposeAsync();
    }
}
