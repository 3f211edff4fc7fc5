using System.Runtime.CompilerServices;

namespace FlickStream.Platform.Blobs.S3;

/// <summary>
/// Unfinished writes as multipart uploads of the key itself, so that completing one moves no bytes. Parts that no stored state
/// counts are written over when the same bytes come again. Those that no bytes come for are left out at completion, which AWS takes
/// and Ceph refuses (<c>InvalidPart</c>): no blob comes of such a write there.
/// </summary>
internal sealed class S3Partials(S3Multipart multipart, S3Tails tails, S3Bucket bucket, S3BlobOptions options)
{
    public async Task<PartialBlob> BeginAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.ThrowIfInvalid(key);
        return new PartialBlob((await multipart.BeginAsync(key, writer: null, cancellationToken)).Id, key, 0);
    }

    public long GoodAppend(PartialBlob partial)
    {
        var state = PartialState.Of(partial);
        return 2 * options.ParallelParts * PartSizes.Target(state.Parts, state.Bytes, partial.Total, options.PartBytes);
    }

    public async Task<PartialBlob> AppendAsync(PartialBlob partial, Stream content, CancellationToken cancellationToken)
    {
        var (upload, state) = (UploadOf(partial), PartialState.Of(partial));
        using var cutter = new PartCutter(content, state.Parts, state.Bytes, partial.Total, options.PartBytes);
        if (state.Tail is { } tail) await tails.ReadAsync(upload, tail, partial.Length - state.Bytes, cutter.Rest, cancellationToken);

        var sent = await multipart.SendAsync(upload, cutter, cancellationToken);
        // A part or a tail shows that the upload is there; without one it must be asked for.
        if (sent.Count == 0 && state.Tail is null) await multipart.ListAsync(upload, 0, cancellationToken);

        var next = sent.Aggregate(state, (counted, part) => counted.With(part));
        var length = next.Bytes + cutter.Rest.Length;
        if (length == partial.Length) return partial;
        next = next with
        {
            Tail = cutter.Rest.Length == 0 ? null : await tails.WriteAsync(upload, cutter.Rest, cancellationToken),
            Stale = state.Tail,
        };
        if (state.Stale is { } stale) await tails.DeleteAsync(upload, stale, cancellationToken);
        return partial with { Length = length, State = next.ToString() };
    }

    public async Task<BlobInfo> CompleteAsync(PartialBlob partial, CancellationToken cancellationToken)
    {
        var (upload, state) = (UploadOf(partial), PartialState.Of(partial));
        if (await bucket.FindAsync(upload.Key, cancellationToken) is null) await FinishAsync(upload, partial.Length, state, cancellationToken);
        await AbortAsync(partial, cancellationToken);
        return await bucket.FindAsync(upload.Key, cancellationToken) is { } found ? new BlobInfo(upload.Key, found.Length) : throw S3Multipart.Gone(upload);
    }

    public async Task AbortAsync(PartialBlob partial, CancellationToken cancellationToken)
    {
        var upload = UploadOf(partial);
        await tails.ClearAsync(upload, cancellationToken);
        await multipart.AbortAsync(upload, cancellationToken);
    }

    public async IAsyncEnumerable<AbandonedBlob> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listed = new HashSet<S3Upload>();
        await foreach (var (upload, begunAt) in multipart.ListUploadsAsync(cancellationToken))
        {
            listed.Add(upload);
            yield return new AbandonedBlob(new PartialBlob(upload.Id, upload.Key, 0), begunAt);
        }

        // Tails outlive their upload when a process is killed while it completes one.
        await foreach (var (upload, changedAt) in tails.ListAsync(cancellationToken))
        {
            if (!listed.Contains(upload)) yield return new AbandonedBlob(new PartialBlob(upload.Id, upload.Key, 0), changedAt);
        }
    }

    /// <summary>A blob of less than a part is one request, which keeps a taken key on every service; a longer one is its parts and the
    /// tail, copied within the service.</summary>
    private async Task FinishAsync(S3Upload upload, long length, PartialState state, CancellationToken cancellationToken)
    {
        var parts = await multipart.ListAsync(upload, state.Parts, cancellationToken);
        if (!state.IsOf(parts)) throw S3Multipart.Gone(upload);
        if (parts.Count == 0)
        {
            using var whole = new PartBuffer();
            if (state.Tail is { } only) await tails.ReadAsync(upload, only, length, whole, cancellationToken);
            await bucket.PutAsync(upload.Key, whole, cancellationToken);
            return;
        }

        if (state.Tail is { } tail)
        {
            var source = new S3Object(S3Tails.PathOf(upload, tail), length - state.Bytes, default);
            parts.Add(await multipart.CopyAsync(upload, state.Parts + 1, source, cancellationToken));
        }

        await multipart.CompleteAsync(upload, parts, writer: null, cancellationToken);
    }

    private static S3Upload UploadOf(PartialBlob partial)
    {
        BlobKey.ThrowIfInvalid(partial.Key);
        if (partial.Id.Length is 0 or > 400) throw new ArgumentException("Not an unfinished write.", nameof(partial));
        return new S3Upload(partial.Key, partial.Id);
    }
}
