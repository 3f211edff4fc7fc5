using FlickStream.Platform.Blobs;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <param name="writing">What happens before each write, such as a fault.</param>
/// <param name="written">What happens after it.</param>
internal sealed class WatchedBlobs(IBlobs inner, Action writing, Action? written = null) : IBlobs
{
    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken = default) => inner.FindAsync(key, cancellationToken);

    public Task<Stream?> OpenReadAsync(string key, ByteRange? range = null, CancellationToken cancellationToken = default) =>
        inner.OpenReadAsync(key, range, cancellationToken);

    public async Task<bool> WriteAsync(string key, Stream content, CancellationToken cancellationToken = default)
    {
        writing();
        var isWritten = await inner.WriteAsync(key, content, cancellationToken);
        written?.Invoke();
        return isWritten;
    }

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

    public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) => inner.DeleteAsync(key, cancellationToken);

    public string? LocalPath(string key) => inner.LocalPath(key);

    public Task<PartialBlob> BeginAsync(string key, CancellationToken cancellationToken = default) => inner.BeginAsync(key, cancellationToken);

    public Task<PartialBlob> AppendAsync(PartialBlob partial, Stream content, CancellationToken cancellationToken = default) =>
        inner.AppendAsync(partial, content, cancellationToken);

    public Task<BlobInfo> CompleteAsync(PartialBlob partial, CancellationToken cancellationToken = default) => inner.CompleteAsync(partial, cancellationToken);

    public Task AbortAsync(PartialBlob partial, CancellationToken cancellationToken = default) => inner.AbortAsync(partial, cancellationToken);

    public IAsyncEnumerable<AbandonedBlob> ListPartialsAsync(CancellationToken cancellationToken = default) => inner.ListPartialsAsync(cancellationToken);
}
