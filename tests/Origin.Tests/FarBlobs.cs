using FlickStream.Platform.Blobs;

namespace FlickStream.Origin.Tests;

/// <summary>Blobs that have no file on this machine, as in an object store.</summary>
internal sealed class FarBlobs(IBlobs blobs) : IBlobs
{
    /// <summary>The store does not answer.</summary>
    public bool IsAway { get; set; }

    public string? LocalPath(string key) => null;

    public Task<Uri?> LinkAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken = default) =>
        Task.FromResult<Uri?>(new Uri($"https://storage.example/{key}?life={lifetime.TotalSeconds}"));

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken = default) => blobs.FindAsync(key, cancellationToken);

    public Task<Stream?> OpenReadAsync(string key, ByteRange? range = null, CancellationToken cancellationToken = default) =>
        IsAway ? throw new BlobStorageUnavailableException() : blobs.OpenReadAsync(key, range, cancellationToken);

    public Task<bool> WriteAsync(string key, Stream content, CancellationToken cancellationToken = default) =>
        blobs.WriteAsync(key, content, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        blobs.ListAsync(prefix, cancellationToken);

    public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) => blobs.DeleteAsync(key, cancellationToken);

    public Task<PartialBlob> BeginAsync(string key, CancellationToken cancellationToken = default) => blobs.BeginAsync(key, cancellationToken);

    public Task<PartialBlob> AppendAsync(PartialBlob partial, Stream content, CancellationToken cancellationToken = default) =>
        blobs.AppendAsync(partial, content, cancellationToken);

    public Task<BlobInfo> CompleteAsync(PartialBlob partial, CancellationToken cancellationToken = default) =>
        blobs.CompleteAsync(partial, cancellationToken);

    public Task AbortAsync(PartialBlob partial, CancellationToken cancellationToken = default) => blobs.AbortAsync(partial, cancellationToken);

    public IAsyncEnumerable<AbandonedBlob> ListPartialsAsync(CancellationToken cancellationToken = default) =>
        blobs.ListPartialsAsync(cancellationToken);
}
