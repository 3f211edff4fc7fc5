using System.Security.Cryptography;
using Amazon.S3.Model;
using FlickStream.Engines;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>What lies in a bucket, read past the services.</summary>
/// <param name="Service">Where it is.</param>
/// <param name="KeyPrefix">What the keys begin with; none of those given back does.</param>
internal sealed record BucketContents(S3Service Service, string KeyPrefix)
{
    public async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = Service.Bucket, Prefix = KeyPrefix };
        var keys = new List<string>();
        await foreach (var found in Service.Client.Paginators.ListObjectsV2(request).S3Objects.WithCancellation(cancellationToken))
            keys.Add(found.Key[KeyPrefix.Length..]);
        return keys;
    }

    /// <summary>SHA-256 of every blob below a key's folder, by what follows the folder.</summary>
    public async Task<SortedDictionary<string, string>> BlobsBelowAsync(string folder, CancellationToken cancellationToken)
    {
        var blobs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in (await KeysAsync(cancellationToken)).Where(key => key.StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            using var blob = await Service.Client.GetObjectAsync(Service.Bucket, KeyPrefix + key, cancellationToken);
            blobs[key[(folder.Length + 1)..]] = Convert.ToHexStringLower(await SHA256.HashDataAsync(blob.ResponseStream, cancellationToken));
        }

        return blobs;
    }

    /// <summary>Bytes in the parts of each unfinished multipart upload, by its key.</summary>
    public async Task<IReadOnlyList<(string Key, long Bytes)>> UnfinishedAsync(CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest { BucketName = Service.Bucket, Prefix = KeyPrefix };
        var unfinished = new List<(string, long)>();
        await foreach (var upload in Service.Client.Paginators.ListMultipartUploads(request).Uploads.WithCancellation(cancellationToken))
        {
            var parts = await Service.Client.ListPartsAsync(Service.Bucket, upload.Key, upload.UploadId, cancellationToken);
            unfinished.Add((upload.Key[KeyPrefix.Length..], (parts.Parts ?? []).Sum(part => part.Size ?? 0)));
        }

        return unfinished;
    }
}
