using System.Runtime.CompilerServices;
using Amazon.S3;
using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Blobs.S3;

/// <summary>
/// Blobs as objects of one bucket, under their keys. A key appears when its one request or the completion of its multipart upload
/// succeeds, and both are refused for a key that is taken.
/// </summary>
internal sealed class S3Blobs : IBlobs, IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly S3Bucket _bucket;
    private readonly S3Reads _reads;
    private readonly S3Multipart _multipart;
    private readonly S3Writes _writes;
    private readonly S3Partials _partials;

    public S3Blobs(S3BlobOptions options, TimeProvider time, ILogger<S3Blobs> logger)
    {
        _client = S3ClientSetup.Create(options);
        var calls = new S3Calls(options, time, logger);
        _bucket = new S3Bucket(_client, options, calls, time);
        _reads = new S3Reads(_bucket, calls);
        _multipart = new S3Multipart(_client, options, _bucket, calls);
        _writes = new S3Writes(_bucket, _multipart, options, logger);
        _partials = new S3Partials(_multipart, new S3Tails(_bucket, _reads), _bucket, options);
    }

    /// <exception cref="IOException">The bucket cannot be used; its message names the option to change.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => _bucket.CheckAsync(cancellationToken);

    public async Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        await _bucket.FindAsync(Checked(key), cancellationToken) is { } found ? new BlobInfo(key, found.Length) : null;

    public async Task<Stream?> OpenReadAsync(string key, ByteRange? range = null, CancellationToken cancellationToken = default) =>
        await _reads.OpenAsync(Checked(key), range ?? new ByteRange(0), cancellationToken);

    public async Task<bool> WriteAsync(string key, Stream content, CancellationToken cancellationToken = default) =>
        await _writes.WriteAsync(Checked(key), content, cancellationToken);

    public async IAsyncEnumerable<BlobInfo> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        BlobKey.ThrowIfInvalidPrefix(prefix);
        await foreach (var found in _bucket.ListAsync(prefix, cancellationToken))
        {
            if (found.Name.StartsWith(S3Tails.Area, StringComparison.Ordinal)) yield break;
            yield return new BlobInfo(found.Name, found.Length);
        }
    }

    public async Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        // S3 answers the same whether there was one or not.
        if (await FindAsync(key, cancellationToken) is null) return false;
        await _bucket.DeleteAsync(key, cancellationToken);
        return true;
    }

    public string? LocalPath(string key)
    {
        BlobKey.ThrowIfInvalid(key);
        return null;
    }

    public async Task<Uri?> LinkAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken = default) =>
        await _bucket.LinkAsync(Checked(key), lifetime, cancellationToken);

    public Task<PartialBlob> BeginAsync(string key, CancellationToken cancellationToken = default) =>
        _partials.BeginAsync(key, cancellationToken);

    public Task<PartialBlob> AppendAsync(PartialBlob partial, Stream content, CancellationToken cancellationToken = default) =>
        _partials.AppendAsync(partial, content, cancellationToken);

    public long GoodAppend(PartialBlob partial) => _partials.GoodAppend(partial);

    public Task<BlobInfo> CompleteAsync(PartialBlob partial, CancellationToken cancellationToken = default) =>
        _partials.CompleteAsync(partial, cancellationToken);

    public Task AbortAsync(PartialBlob partial, CancellationToken cancellationToken = default) =>
        _partials.AbortAsync(partial, cancellationToken);

    public IAsyncEnumerable<AbandonedBlob> ListPartialsAsync(CancellationToken cancellationToken = default) =>
        _partials.ListAsync(cancellationToken);

    public void Dispose()
    {
        _multipart.Dispose();
        _client.Dispose();
    }

    private static string Checked(string key)
    {
        BlobKey.ThrowIfInvalid(key);
        return key;
    }
}
