using Amazon.S3;

namespace FlickStream.Platform.Blobs.S3;

/// <summary>Opens objects for reading; the first request is made here, so that an absent one is known at once.</summary>
internal sealed class S3Reads(S3Bucket bucket, S3Calls calls)
{
    /// <summary>Null when there is no such object. A range is cut at the end.</summary>
    public async Task<Stream?> OpenAsync(string name, ByteRange range, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(range.Offset, nameof(range));
        ArgumentOutOfRangeException.ThrowIfNegative(range.Length ?? 0, nameof(range));

        // HTTP has no range of no bytes.
        if (range.Length == 0) return await EmptyAsync(name, cancellationToken);
        try
        {
            var body = await calls.RunAsync(
                $"read {name}", stop => bucket.OpenAsync(name, null, range.Offset, range.Length, stop), cancellationToken);
            return new S3ReadStream(bucket, calls, name, body.Tag, range.Offset, body.Length, body.Content);
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsAbsent(fault))
        {
            return null;
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsBeyondEnd(fault))
        {
            return await EmptyAsync(name, cancellationToken);
        }
    }

    private async Task<Stream?> EmptyAsync(string name, CancellationToken cancellationToken) =>
        await bucket.FindAsync(name, cancellationToken) is null
            ? null : new S3ReadStream(bucket, calls, name, tag: "", start: 0, length: 0, body: null);
}
