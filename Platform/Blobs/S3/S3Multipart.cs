using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace FlickStream.Platform.Blobs.S3;

/// <param name="Key">The key that the upload will become.</param>
/// <param name="Id">The service's name for it.</param>
internal sealed record S3Upload(string Key, string Id);

/// <summary>Multipart uploads, one request a call.</summary>
internal sealed class S3Multipart(IAmazonS3 client, S3BlobOptions options, S3Bucket bucket, S3Calls calls) : IDisposable
{
    public static IOException Gone(S3Upload upload, Exception? cause = null) =>
        new($"The unfinished write of {upload.Key} was given up, or its bytes were lost.", cause);

    private readonly SemaphoreSlim _slots = new(options.PartsInFlight);

    /// <param name="writer">Becomes the object's <see cref="S3Head.Writer"/>.</param>
    public async Task<S3Upload> BeginAsync(string key, string? writer, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = options.Bucket,
            Key = bucket.PathOf(key),
            ContentType = S3Headers.ContentTypeOf(key),
        };
        if (options.SendsChecksums) request.ChecksumAlgorithm = ChecksumAlgorithm.CRC32;
        request.Headers.CacheControl = S3Headers.Immutable;
        if (writer is not null) request.Metadata[S3Bucket.WriterField] = writer;
        var begun = await calls.RunAsync($"begin {key}", stop => client.InitiateMultipartUploadAsync(request, stop), cancellationToken);
        return new S3Upload(key, begun.UploadId);
    }

    /// <summary>Sends what is cut as it is cut, some parts side by side; memory holds these and no more.</summary>
    /// <returns>In order of their numbers.</returns>
    public async Task<List<StoredPart>> SendAsync(S3Upload upload, PartCutter cutter, CancellationToken cancellationToken)
    {
        var sent = new ConcurrentBag<StoredPart>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.ParallelParts, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(cutter.CutAsync(cancellationToken), parallel, async (part, stop) =>
        {
            using (part) sent.Add(await SendAsync(upload, part, stop));
        });
        return [.. sent.OrderBy(part => part.Number)];
    }

    public async Task<StoredPart> SendAsync(S3Upload upload, Part part, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            var length = part.Bytes.Length;
            var what = $"write part {part.Number} of {upload.Key}";
            var sent = await calls.RunAsync(what, stop => AttemptAsync(upload, part, stop), cancellationToken, length);
            return new StoredPart(part.Number, length, Bare(sent.ETag), sent.ChecksumCRC32);
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsAbsent(fault))
        {
            throw Gone(upload, fault);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Makes a part of an object that is in the bucket already.</summary>
    public async Task<StoredPart> CopyAsync(S3Upload upload, int number, S3Object source, CancellationToken cancellationToken)
    {
        var request = new CopyPartRequest
        {
            SourceBucket = options.Bucket,
            SourceKey = bucket.PathOf(source.Name),
            DestinationBucket = options.Bucket,
            DestinationKey = bucket.PathOf(upload.Key),
            UploadId = upload.Id,
            PartNumber = number,
        };
        var copied = await calls.RunAsync(
            $"copy part {number} of {upload.Key}", stop => client.CopyPartAsync(request, stop), cancellationToken, source.Length);
        return new StoredPart(number, source.Length, Bare(copied.ETag), copied.ChecksumCRC32);
    }

    /// <summary>The first <paramref name="most"/> parts that are stored, whoever counts them.</summary>
    /// <exception cref="IOException">There is no such upload.</exception>
    public async Task<List<StoredPart>> ListAsync(S3Upload upload, int most, CancellationToken cancellationToken)
    {
        var parts = new List<StoredPart>();
        var request = new ListPartsRequest
        {
            BucketName = options.Bucket,
            Key = bucket.PathOf(upload.Key),
            UploadId = upload.Id,
            MaxParts = Math.Clamp(most, 1, 1000),
        };
        try
        {
            while (true)
            {
                var page = await calls.RunAsync($"list parts of {upload.Key}", stop => client.ListPartsAsync(request, stop), cancellationToken);
                foreach (var part in page.Parts ?? [])
                {
                    if (part.PartNumber is { } number && number <= most)
                        parts.Add(new StoredPart(number, part.Size ?? 0, Bare(part.ETag), part.ChecksumCRC32));
                }

                if (page.IsTruncated != true || parts.Count >= most) return parts;
                request.PartNumberMarker = page.NextPartNumberMarker?.ToString(CultureInfo.InvariantCulture);
            }
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsAbsent(fault))
        {
            throw Gone(upload, fault);
        }
    }

    /// <summary>Makes the parts the object; false when the key was taken and keeps what it has.</summary>
    /// <remarks>A service that ignores <c>If-None-Match</c> here (Ceph before 19) is asked for the key just before, so that only
    /// completions in the same moment could replace one another.</remarks>
    /// <param name="writer">As given at the beginning.</param>
    public async Task<bool> CompleteAsync(
        S3Upload upload, IReadOnlyList<StoredPart> parts, string? writer, CancellationToken cancellationToken)
    {
        if (await bucket.FindAsync(upload.Key, cancellationToken) is not null) return false;
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = options.Bucket,
            Key = bucket.PathOf(upload.Key),
            UploadId = upload.Id,
            IfNoneMatch = options.ConditionalWrites ? "*" : null,
            PartETags = [.. parts.Select(part => new PartETag(part.Number, part.Tag) { ChecksumCRC32 = part.Crc32 })],
        };
        try
        {
            await calls.RunAsync(
                $"complete {upload.Key}", stop => client.CompleteMultipartUploadAsync(request, stop), cancellationToken, parts.Count << 16);
            return true;
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsRefusedCondition(fault) || S3Faults.IsAbsent(fault))
        {
            // An earlier attempt of ours may have made it although its answer was lost.
            var found = await bucket.FindAsync(upload.Key, cancellationToken) ?? throw Gone(upload, fault);
            return writer is not null && found.Writer == writer;
        }
    }

    /// <summary>Frees the parts; no error when the upload is gone.</summary>
    public async Task AbortAsync(S3Upload upload, CancellationToken cancellationToken)
    {
        var request = new AbortMultipartUploadRequest { BucketName = options.Bucket, Key = bucket.PathOf(upload.Key), UploadId = upload.Id };
        try
        {
            await calls.RunAsync($"give up {upload.Key}", stop => client.AbortMultipartUploadAsync(request, stop), cancellationToken);
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsAbsent(fault))
        {
            // It was completed or given up before.
        }
    }

    public async IAsyncEnumerable<(S3Upload Upload, DateTimeOffset BegunAt)> ListUploadsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest { BucketName = options.Bucket, Prefix = options.KeyPrefix };
        while (true)
        {
            var page = await calls.RunAsync("list uploads", stop => client.ListMultipartUploadsAsync(request, stop), cancellationToken);
            foreach (var found in page.MultipartUploads ?? [])
                yield return (new S3Upload(found.Key[options.KeyPrefix.Length..], found.UploadId), S3Bucket.Utc(found.Initiated));
            if (page.IsTruncated != true) yield break;
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<UploadPartResponse> AttemptAsync(S3Upload upload, Part part, CancellationToken stop)
    {
        await using var view = part.Bytes.OpenRead();
        var request = new UploadPartRequest
        {
            BucketName = options.Bucket,
            Key = bucket.PathOf(upload.Key),
            UploadId = upload.Id,
            PartNumber = part.Number,
            PartSize = part.Bytes.Length,
            InputStream = view,
            UseChunkEncoding = false,
            DisablePayloadSigning = bucket.IsEncrypted,
        };
        if (options.SendsChecksums) request.ChecksumAlgorithm = ChecksumAlgorithm.CRC32;
        return await client.UploadPartAsync(request, stop);
    }

    private static string Bare(string tag) => tag.Trim('"');
}
