using Amazon.S3.Model;
using FlickStream.Engines;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Blobs.S3;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlickStream.Platform.Tests.Blobs;

/// <summary>What tests of S3 share: adapters on a place of the test's own, and looks at what the service holds there.</summary>
public abstract class S3Fixture(S3Gateway gateway) : IAsyncLifetime
{
    private readonly List<IDisposable> _opened = [];
    private FaultyProxy? _proxy;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected S3BlobOptions Options { get; private set; } = new();

    private protected S3Service Service { get; private set; } = null!;

    private protected S3Blobs Blobs { get; private set; } = null!;

    private protected FaultyProxy Proxy => _proxy ?? throw new InvalidOperationException("Ask for a proxy first.");

    public async ValueTask InitializeAsync()
    {
        Service = await gateway.StartedAsync();
        Options = Service.Options();
        Options.PartBytes = (int)PartSizes.Smallest;
        Blobs = Open();
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened) opened.Dispose();
        if (_proxy is not null) await _proxy.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected S3Blobs Open()
    {
        var blobs = new S3Blobs(Options, TimeProvider.System, NullLogger<S3Blobs>.Instance);
        _opened.Add(blobs);
        return blobs;
    }

    /// <summary>Puts a proxy between <see cref="Blobs"/> and the service.</summary>
    private protected async Task InterposeAsync()
    {
        _proxy = await FaultyProxy.StartAsync(Service.Endpoint);
        Options.Endpoint = _proxy.Address;
        Blobs = Open();
    }

    private protected async Task<List<string>> ObjectsAsync() =>
        [.. ((await Service.Client.ListObjectsV2Async(new() { BucketName = Service.Bucket, Prefix = Options.KeyPrefix }, Ct)).S3Objects ?? []).Select(o => o.Key)];

    private protected async Task<List<string>> UploadsAsync() =>
        [.. ((await Service.Client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Service.Bucket, Prefix = Options.KeyPrefix }, Ct)).MultipartUploads ?? [])
            .Select(u => u.Key)];

    private protected static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private protected static async Task<byte[]?> ReadAsync(IBlobs blobs, string key)
    {
        await using var stream = await blobs.OpenReadAsync(key, cancellationToken: Ct);
        if (stream is null) return null;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }

    private protected async Task AssertHoldsAsync(byte[] expected, string key)
    {
        var actual = await ReadAsync(Blobs, key);
        Assert.True(actual is not null && expected.AsSpan().SequenceEqual(actual), $"{key} holds other bytes.");
    }
}
