using System.IO.Pipelines;
using System.Security.Cryptography;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Uploads;

/// <summary>
/// Adds a body to an upload, slice by slice: each slice is durable before the document, and with it the acknowledged offset,
/// moves past it. A body with a checksum counts as a whole or not at all.
/// </summary>
internal sealed class ReceiveUpload(
    IBlobs blobs,
    IDocuments documents,
    UploadDigests digests,
    StorageSpace space,
    IngestMetrics metrics,
    TimeProvider time,
    IOptions<UploadOptions> options,
    IHostApplicationLifetime lifetime)
{
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);

    /// <param name="upload">As read by <paramref name="writer"/>.</param>
    /// <param name="body">The bytes from the upload's offset on.</param>
    /// <param name="limit">Bytes the body may have, and the refusal of more.</param>
    /// <returns>The upload as it now stands and, unless all went well, the problem.</returns>
    public async Task<Received> RunAsync(
        Stored<Upload> upload, PipeReader body, UploadChecksum? checksum, (long Bytes, Problem Excess) limit, UploadWriter writer)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(writer.Stopping, lifetime.ApplicationStopping);
        var offset = upload.Value.Offset;
        var whole = digests.Take(upload.Id, offset);
        var wholeBefore = checksum is null ? null : whole?.Clone();
        using var part = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);

        var pipeline = new BodyPipeline(body, writer, time);
        Received received;
        await using (pipeline)
        {
            pipeline.Start(limit.Bytes, options.Value.StallTimeout, stop.Token, [.. new[] { whole, part }.OfType<IncrementalHash>()]);
            received = checksum is null
                ? await StoreSlicesAsync(upload, pipeline, limit.Excess)
                : await StoreWholeAsync(upload, pipeline, limit.Excess, () => checksum.IsOf(part!));
        }

        metrics.Received(pipeline.HashedBytes);
        KeepDigest(received.Upload.Value, offset + pipeline.HashedBytes, whole);
        KeepDigest(received.Upload.Value, offset, wholeBefore);
        return received;
    }

    private async Task<Received> StoreSlicesAsync(Stored<Upload> upload, BodyPipeline pipeline, Problem excess)
    {
        await using var slices = new SliceStream(pipeline.Output, time);
        var first = upload;
        while (await slices.NextSliceAsync(SliceOf(upload.Value.Partial!), options.Value.SliceTime))
        {
            if (await AppendAsync(upload.Value.Partial!, slices) is not { } partial) return new(upload, UploadProblems.StorageFull);

            // The last byte must not count, and finish the upload, before it is known that none follows.
            if (partial.Length == upload.Value.Length && await pipeline.End is ReceiveEnd.TooLong) return new(upload, excess);
            if (await CommitAsync(upload, partial) is not { } committed) return new(upload, UploadProblems.Locked);
            upload = committed;
        }

        var problem = await ProblemOfAsync(pipeline, excess);
        if (problem is not null || upload != first) return new(upload, problem);
        return await CommitAsync(upload, upload.Value.Partial!) is { } touched
            ? new(touched, null) : new(upload, UploadProblems.Locked);
    }

    private async Task<Received> StoreWholeAsync(Stored<Upload> upload, BodyPipeline pipeline, Problem excess, Func<bool> isIntact)
    {
        await using var slices = new SliceStream(pipeline.Output, time);
        var partial = upload.Value.Partial!;
        while (await slices.NextSliceAsync(long.MaxValue, Timeout.InfiniteTimeSpan))
        {
            if (await AppendAsync(partial, slices) is not { } longer) return new(upload, UploadProblems.StorageFull);
            partial = longer;
        }

        if (await ProblemOfAsync(pipeline, excess) is { } problem) return new(upload, problem);
        if (!isIntact()) return new(upload, UploadProblems.ChecksumMismatch);
        return await CommitAsync(upload, partial) is { } committed ? new(committed, null) : new(upload, UploadProblems.Locked);
    }

    // Storage that takes an append as several requests side by side wants more at a time than a disk does.
    private long SliceOf(PartialBlob partial) => Math.Max(options.Value.SliceBytes, blobs.GoodAppend(partial));

    private async Task<PartialBlob?> AppendAsync(PartialBlob partial, SliceStream slice)
    {
        try
        {
            return space.IsLow ? null : await blobs.AppendAsync(partial, slice, CancellationToken.None);
        }
        catch (BlobStorageFullException)
        {
            return null;
        }
    }

    /// <summary>The upload with more bytes; null when another process changed or removed it since it was read.</summary>
    private Task<Stored<Upload>?> CommitAsync(Stored<Upload> upload, PartialBlob partial)
    {
        var value = upload.Value;
        return _uploads.ReplaceAsync(upload.Id, upload.Version, value with
        {
            Partial = partial,
            State = partial.Length == value.Length ? UploadState.Completing : value.State,
            ExpiresAt = time.GetUtcNow() + options.Value.UnfinishedLifetime,
        });
    }

    private async Task<Problem?> ProblemOfAsync(BodyPipeline pipeline, Problem excess) => await pipeline.End switch
    {
        ReceiveEnd.Whole => null,
        ReceiveEnd.TooLong => excess,
        ReceiveEnd.Stopped => lifetime.ApplicationStopping.IsCancellationRequested ? UploadProblems.Stopping : UploadProblems.Locked,
        _ => UploadProblems.Incomplete,
    };

    // Bytes that were hashed but not kept make a digest useless; the stored bytes are then read again at the end.
    private void KeepDigest(Upload upload, long length, IncrementalHash? digest)
    {
        if (digest is null) return;
        if (upload.Offset == length && upload.Role is not UploadRole.Part) digests.Keep(upload.Id, length, digest);
        else digest.Dispose();
    }
}

internal sealed record Received(Stored<Upload> Upload, Problem? Problem);
