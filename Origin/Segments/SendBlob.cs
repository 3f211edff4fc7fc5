using System.IO.Pipelines;
using FlickStream.Platform.Blobs;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Segments;

/// <summary>Sends a blob or a range of it. Blobs never change, so clients and CDNs may keep them for ever.</summary>
internal sealed class SendBlob(IBlobs blobs, OriginMetrics metrics, IOptions<OriginOptions> options)
{
    // A player follows a redirect at once; a slow one may still be asking for ranges a while later.
    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(10);

    // Reads of this size were measured as the fastest way from a file to Kestrel; SendFileAsync copies 16 KiB at a time.
    private const int ReadSize = 128 * 1024;

    /// <returns>False when the blob is not there; nothing was sent then.</returns>
    public async Task<bool> SendAsync(HttpContext context, string key, string etag, string contentType)
    {
        using var file = OpenFile(key);
        if (file is null && blobs.LocalPath(key) is not null) return false;
        var length = file is not null ? RandomAccess.GetLength(file) : (await blobs.FindAsync(key, context.RequestAborted))?.Length;
        if (length is not { } whole) return false;
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = etag;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        if (Conditional.IsUnchanged(request.Headers.IfNoneMatch, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        if (options.Value.RedirectsToStorage && await RedirectAsync(context, key)) return true;
        response.Headers.AcceptRanges = "bytes";
        var (first, last) = Conditional.Range(request.Headers, etag, whole, out var isUnsatisfiable) ?? (0, whole - 1);
        if (isUnsatisfiable)
        {
            response.Headers.ContentRange = $"bytes */{whole}";
            response.Headers.CacheControl = "no-store";
            await PlayProblems.RangeNotSatisfiable.ToResult().ExecuteAsync(context);
            return true;
        }

        if (last - first + 1 != whole)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {first}-{last}/{whole}";
        }

        response.ContentType = contentType;
        response.ContentLength = last - first + 1;
        if (HttpMethods.IsHead(request.Method)) return true;
        metrics.Sent(last - first + 1);
        if (file is not null) await CopyAsync(file, first, last - first + 1, response.BodyWriter, context.RequestAborted);
        else await CopyAsync(key, first, last - first + 1, response.BodyWriter, context.RequestAborted);
        return true;
    }

    /// <summary>A link is good for GET alone, so that HEAD is answered here.</summary>
    private async ValueTask<bool> RedirectAsync(HttpContext context, string key)
    {
        if (!HttpMethods.IsGet(context.Request.Method)) return false;
        if (await blobs.LinkAsync(key, LinkLife, context.RequestAborted) is not { } link) return false;
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = link.AbsoluteUri;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Remove("ETag");
        return true;
    }

    private Microsoft.Win32.SafeHandles.SafeFileHandle? OpenFile(string key)
    {
        try
        {
            // Sharing everything spares the advisory lock; the file cannot change anyway.
            return blobs.LocalPath(key) is { } path ? File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static async Task CopyAsync(
        Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, long length, PipeWriter to, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            // Synchronous on purpose: on Linux an asynchronous read of a file is a synchronous one on another thread.
            var size = (int)Math.Min(length, ReadSize);
            var read = RandomAccess.Read(file, to.GetSpan(size)[..size], offset);
            if (read == 0) throw new EndOfStreamException("A blob is shorter than it was when it was opened.");
            to.Advance(read);
            (offset, length) = (offset + read, length - read);
            if ((await to.FlushAsync(cancellationToken)).IsCompleted) return;
        }
    }

    private async Task CopyAsync(string key, long offset, long length, PipeWriter to, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.OpenReadAsync(key, new ByteRange(offset, length), cancellationToken)
            ?? throw new FileNotFoundException("A blob went away while it was sent.");
        while (length > 0)
        {
            var size = (int)Math.Min(length, ReadSize);
            var read = await stream.ReadAsync(to.GetMemory(size)[..size], cancellationToken);
            if (read == 0) throw new EndOfStreamException("A blob is shorter than it was when it was opened.");
            to.Advance(read);
            length -= read;
            if ((await to.FlushAsync(cancellationToken)).IsCompleted) return;
        }
    }
}
