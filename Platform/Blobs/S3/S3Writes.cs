using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Blobs.S3;

/// <summary>Whole blobs from a stream: one request for what fits into a part, a multipart upload for more.</summary>
internal sealed class S3Writes(S3Bucket bucket, S3Multipart multipart, S3BlobOptions options, ILogger logger)
{
    /// <returns>False when the key was taken.</returns>
    public async Task<bool> WriteAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        long? length = content.CanSeek ? content.Length - content.Position : null;
        using var cutter = new PartCutter(content, parts: 0, bytes: 0, length, options.PartBytes);
        if (!await cutter.FillAsync(cancellationToken)) return await bucket.PutAsync(key, cutter.Rest, cancellationToken);

        // The request that would be refused comes after all of the bytes.
        if (await bucket.FindAsync(key, cancellationToken) is not null) return false;
        var writer = Guid.NewGuid().ToString("N");
        var upload = await multipart.BeginAsync(key, writer, cancellationToken);
        var isMade = false;
        try
        {
            var parts = await multipart.SendAsync(upload, cutter, cancellationToken);
            if (cutter.Rest.Length > 0)
            {
                using var last = new Part(parts.Count + 1, cutter.Rest.Take(cutter.Rest.Length));
                parts.Add(await multipart.SendAsync(upload, last, cancellationToken));
            }

            return isMade = await multipart.CompleteAsync(upload, parts, writer, cancellationToken);
        }
        finally
        {
            if (!isMade) await GiveUpAsync(upload);
        }
    }

    private async Task GiveUpAsync(S3Upload upload)
    {
        try
        {
            await multipart.AbortAsync(upload, CancellationToken.None);
        }
        catch (IOException fault)
        {
            // What made the write fail matters more; the upload is listed as unfinished until someone gives it up.
            logger.LogWarning(fault, "The unfinished write of {Key} could not be given up.", upload.Key);
        }
    }
}
