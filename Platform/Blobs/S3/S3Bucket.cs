using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace FlickStream.Platform.Blobs.S3;

/// <param name="Name">Without the prefix of the options.</param>
internal sealed record S3Object(string Name, long Length, DateTimeOffset ChangedAt);

/// <param name="Writer">The token of the call that wrote it, where it had one.</param>
internal sealed record S3Head(long Length, string? Writer);

/// <param name="Content">The bytes, as they come.</param>
/// <param name="Length">How many.</param>
/// <param name="Tag">The blob's tag.</param>
internal sealed record S3Body(Stream Content, long Length, string Tag);

/// <summary>Whole objects of the bucket, one request a call.</summary>
internal sealed class S3Bucket(IAmazonS3 client, S3BlobOptions options, S3Calls calls, TimeProvider time)
{
    /// <summary>Metadata by which a writer knows its own object when the answer to its request was lost.</summary>
    public const string WriterField = "writer";

    // Of signature version 4.
    private static readonly TimeSpan LongestLink = TimeSpan.FromDays(7);

    public string PathOf(string name) => options.KeyPrefix + name;

    /// <exception cref="IOException">The bucket cannot be used; its message names the option to change.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await calls.RunAsync(
                $"reach {options.Place}",
                stop => client.HeadBucketAsync(new HeadBucketRequest { BucketName = options.Bucket }, stop),
                cancellationToken);
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsAbsent(fault))
        {
            throw new IOException($"Platform:S3:Bucket is {options.Bucket}, which is not at {options.Endpoint ?? "AWS"}. Create it, or name another.", fault);
        }
        catch (IOException fault)
        {
            throw new IOException($"{fault.Message} {AdviceOn(fault.InnerException as AmazonS3Exception)}", fault);
        }
    }

    public async Task<S3Head?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetObjectMetadataRequest { BucketName = options.Bucket, Key = PathOf(name) };
            var found = await calls.RunAsync($"look for {name}", stop => client.GetObjectMetadataAsync(request, stop), cancellationToken);
            return new S3Head(found.ContentLength, found.Metadata[WriterField]);
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsAbsent(fault))
        {
            return null;
        }
    }

    /// <summary>One attempt to open an object from <paramref name="offset"/>, to be made within <see cref="S3Calls"/>.</summary>
    /// <param name="tag">Fail when the object is another one now.</param>
    /// <param name="length">Null: to the end.</param>
    public async Task<S3Body> OpenAsync(string name, string? tag, long offset, long? length, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = options.Bucket, Key = PathOf(name), EtagToMatch = tag };
        if (offset > 0 || length is not null)
        {
            var last = length is { } bytes && bytes <= long.MaxValue - offset ? offset + bytes - 1 : long.MaxValue;
            request.ByteRange = new Amazon.S3.Model.ByteRange(offset, last);
        }

        var answer = await client.GetObjectAsync(request, cancellationToken);
        return new S3Body(answer.ResponseStream, answer.ContentLength, answer.ETag);
    }

    /// <summary>Writes an object in one request; false when the name was taken and keeps what it has.</summary>
    public async Task<bool> PutAsync(string name, PartBuffer bytes, CancellationToken cancellationToken)
    {
        if (!options.ConditionalWrites && await FindAsync(name, cancellationToken) is not null) return false;
        var writer = Guid.NewGuid().ToString("N");
        try
        {
            await calls.RunAsync($"write {name}", AttemptAsync, cancellationToken, bytes.Length);
            return true;
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsRefusedCondition(fault))
        {
            // An earlier attempt of ours, or one that the HTTP client made by itself, may have written it although its answer was lost.
            return (await FindAsync(name, cancellationToken))?.Writer == writer;
        }

        async Task<PutObjectResponse> AttemptAsync(CancellationToken stop)
        {
            await using var view = bytes.OpenRead();
            var request = new PutObjectRequest
            {
                BucketName = options.Bucket,
                Key = PathOf(name),
                InputStream = view,
                AutoCloseStream = false,
                // Its own framing of bodies is what older services and some others do not know.
                UseChunkEncoding = false,
                IfNoneMatch = options.ConditionalWrites ? "*" : null,
                DisablePayloadSigning = IsEncrypted && bytes.Length > 0,
                ContentType = S3Headers.ContentTypeOf(name),
            };
            request.Headers.CacheControl = S3Headers.Immutable;
            request.Metadata[WriterField] = writer;
            return await client.PutObjectAsync(request, stop);
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => calls.RunAsync(
        $"delete {name}",
        stop => client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = options.Bucket, Key = PathOf(name) }, stop),
        cancellationToken);

    /// <summary>In ordinal order, a page in memory at a time.</summary>
    public async IAsyncEnumerable<S3Object> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = PathOf(prefix) };
        do
        {
            var page = await calls.RunAsync($"list {prefix}", stop => client.ListObjectsV2Async(request, stop), cancellationToken);
            foreach (var found in page.S3Objects ?? [])
                yield return new S3Object(found.Key[options.KeyPrefix.Length..], found.Size ?? 0, Utc(found.LastModified));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    /// <summary>A presigned address. It is signed here; the service hears of it when someone uses it.</summary>
    public async Task<Uri> LinkAsync(string name, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, LongestLink);
        var request = new GetPreSignedUrlRequest
        {
            BucketName = options.Bucket,
            Key = PathOf(name),
            Verb = HttpVerb.GET,
            Protocol = IsEncrypted ? Protocol.HTTPS : Protocol.HTTP,
            Expires = (time.GetUtcNow() + lifetime).UtcDateTime,
        };
        return new Uri(await calls.RunAsync($"sign a link to {name}", _ => client.GetPreSignedURLAsync(request), cancellationToken));
    }

    public static DateTimeOffset Utc(DateTime? time) => new((time ?? DateTime.UnixEpoch).ToUniversalTime());

    /// <summary>TLS protects what is sent; to hash it as well would cost a core a gigabyte a second.</summary>
    public bool IsEncrypted => options.IsAws || options.Endpoint!.StartsWith("https", StringComparison.OrdinalIgnoreCase);

    private string AdviceOn(AmazonS3Exception? answer) => answer?.StatusCode switch
    {
        HttpStatusCode.Forbidden => "Check Platform:S3:AccessKey and SecretKey or the role of this process: it needs s3:ListBucket on the bucket.",
        HttpStatusCode.MovedPermanently or HttpStatusCode.BadRequest => "Check Platform:S3:Region: the bucket seems to be in another one.",
        null when options.IsAws => "Check Platform:S3:Region, and Platform:S3:AccessKey and SecretKey or the role of this process.",
        _ => "Check Platform:S3:Endpoint.",
    };
}
