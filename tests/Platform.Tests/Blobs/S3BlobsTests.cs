using FlickStream.Engines;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Blobs.S3;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlickStream.Platform.Tests.Blobs;

public sealed class S3BlobsTests(S3Gateway gateway) : BlobsContract, IAsyncLifetime
{
    private readonly List<S3Blobs> _opened = [];
    private S3BlobOptions _options = new();

    protected override IBlobs Blobs => _opened[0];

    public async ValueTask InitializeAsync()
    {
        _options = (await gateway.StartedAsync()).Options();
        Reopen();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var blobs in _opened) blobs.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override IBlobs Reopen()
    {
        _opened.Add(new S3Blobs(_options, TimeProvider.System, NullLogger<S3Blobs>.Instance));
        return _opened[^1];
    }
}
