using System.Buffers.Binary;
using System.Security.Cryptography;
using FlickStream.Engines;
using FlickStream.Standalone.Tests.Crashes;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Storage;

/// <summary>The whole way of a master with a bucket in the place of the disk.</summary>
public sealed class ObjectStorageTests(S3Gateway gateway) : IDisposable
{
    private const int PartBytes = 5 << 20;
    private const int Acknowledged = 2 * PartBytes;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-s3-run-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = 240_000)]
    public async Task A_master_in_a_bucket_survives_a_kill_in_its_upload_and_plays_to_the_last_frame()
    {
        var service = await gateway.StartedAsync();
        var settings = service.Settings().ToDictionary();
        settings["Platform:S3:PartBytes"] = $"{PartBytes}";
        settings["Platform:S3:ParallelParts"] = "1";
        var options = settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        var prefix = settings["Platform:S3:KeyPrefix"];
        var data = _folder.CreateSubdirectory("data").FullName;
        var made = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "master.mov"), 9, 320, 180, cancellationToken: Cancellation);
        var master = Padded(await File.ReadAllBytesAsync(made.Path, TestContext.Current.CancellationToken), 6 * PartBytes);

        string id;
        await using (var killed = await RunningFlickStream.StartOnAsync(data, options, Cancellation))
        {
            id = await killed.Client.CreateUploadAsync("master.mov", master.Length, Cancellation);
            Assert.Equal(Acknowledged, await killed.Client.AppendAsync(id, 0, master.AsMemory(0, Acknowledged), Cancellation));
            var append = killed.Client.AppendAsync(id, Acknowledged, master.AsMemory(Acknowledged), Cancellation);
            while (await StoredBytesAsync(service, prefix) <= Acknowledged)
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
            await killed.KillAsync();
            await ((Task)Task.WhenAny(append)).WaitAsync(Cancellation);
        }

        await using var flickStream = await RunningFlickStream.StartOnAsync(data, options, Cancellation);
        var kept = (int)await flickStream.Client.OffsetAsync(id, Cancellation);
        Assert.InRange(kept, Acknowledged, master.Length);
        if (kept < master.Length) await flickStream.Client.AppendAsync(id, kept, master.AsMemory(kept), Cancellation);
        var asset = await flickStream.Client.WaitForAsync(id, found => found.StateIs("ready"), Cancellation);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(master)), asset.GetProperty("sha256").GetString());

        var grant = await flickStream.Client.GrantAsync(id, Cancellation);
        Assert.All(await FfmpegClient.FramesOfRungsAsync(grant.Hls, Cancellation), frames => Assert.Equal(made.Frames, frames));

        var keys = await KeysAsync(service, prefix);
        Assert.Contains($"masters/{id}", keys);
        Assert.Contains(keys, key => key.StartsWith($"media/{id}/", StringComparison.Ordinal) && key.EndsWith("/0.m4s", StringComparison.Ordinal));
        Assert.DoesNotContain(keys, key => key.StartsWith('~'));
        Assert.Equal(0, await StoredBytesAsync(service, prefix));
        Assert.False(Directory.Exists(Path.Combine(data, "blobs")));
        Assert.Equal(0, await flickStream.StopAsync());
    }

    /// <summary>Free space, as an editor leaves it at the end of a file, so that little picture makes many parts.</summary>
    private static byte[] Padded(byte[] file, int length)
    {
        var padded = new byte[length];
        Random.Shared.NextBytes(padded);
        file.CopyTo(padded, 0);
        BinaryPrimitives.WriteInt32BigEndian(padded.AsSpan(file.Length), length - file.Length);
        "free"u8.CopyTo(padded.AsSpan(file.Length + 4));
        return padded;
    }

    /// <summary>Bytes in the parts of all unfinished uploads.</summary>
    private static async Task<long> StoredBytesAsync(S3Service service, string prefix)
    {
        var uploads = await service.Client.ListMultipartUploadsAsync(
            new Amazon.S3.Model.ListMultipartUploadsRequest { BucketName = service.Bucket, Prefix = prefix }, Cancellation);
        var bytes = 0L;
        foreach (var upload in uploads.MultipartUploads ?? [])
        {
            var parts = await service.Client.ListPartsAsync(service.Bucket, upload.Key, upload.UploadId, Cancellation);
            bytes += (parts.Parts ?? []).Sum(part => part.Size ?? 0);
        }

        return bytes;
    }

    private static async Task<List<string>> KeysAsync(S3Service service, string prefix)
    {
        var listed = await service.Client.ListObjectsV2Async(new() { BucketName = service.Bucket, Prefix = prefix }, Cancellation);
        return [.. (listed.S3Objects ?? []).Select(found => found.Key[prefix.Length..])];
    }
}
