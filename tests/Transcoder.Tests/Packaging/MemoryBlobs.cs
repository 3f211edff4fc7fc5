using System.Collections.Concurrent;
using FlickStream.Platform.Blobs;

namespace FlickStream.Transcoder.Tests.Packaging;

/// <summary>The part of <see cref="IBlobs"/> that packaging uses, with the same promises.</summary>
internal sealed class MemoryBlobs : IBlobs
{
    public ConcurrentDictionary<string, byte[]> Stored { get; } = new(StringComparer.Ordinal);

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        Task.FromResult(Stored.TryGetValue(key, out var bytes) ? new BlobInfo(key, bytes.Length) : null);

    public Task<Stream?> OpenReadAsync(string key, ByteRange? range = null, CancellationToken cancellationToken = default) =>
        Task.FromResult<Stream?>(Stored.TryGetValue(key, out var bytes) ? new MemoryStream(bytes) : null);

    public async Task<bool> WriteAsync(string key, Stream content, CancellationToken cancellationToken = default)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        return Stored.TryAdd(key, copy.ToArray());
    }

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public string? LocalPath(string key) => null;

    public Task<PartialBlob> BeginAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<PartialBlob> AppendAsync(PartialBlob partial, Stream content, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<BlobInfo> CompleteAsync(PartialBlob partial, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task AbortAsync(PartialBlob partial, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<AbandonedBlob> ListPartialsAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
