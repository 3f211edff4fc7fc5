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
        var bucket = new BucketContents(service, settings["Platform:S3:KeyPrefix"]);
        var data = _folder.CreateSubdirectory("data").FullName;
        var made = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "master.mov"), 9, 320, 180, cancellationToken: Cancellation);
        var master = await made.BytesAsync(6 * PartBytes, TestContext.Current.CancellationToken);

        string id;
        await using (var killed = await RunningFlickStream.StartOnAsync(data, options, Cancellation))
        {
            id = await killed.Client.CreateUploadAsync("master.mov", master.Length, Cancellation);
            Assert.Equal(Acknowledged, await killed.Client.AppendAsync(id, 0, master.AsMemory(0, Acknowledged), Cancellation));
            var append = killed.Client.AppendAsync(id, Acknowledged, master.AsMemory(Acknowledged), Cancellation);
            while (await StoredBytesAsync(bucket) <= Acknowledged)
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

        var keys = await bucket.KeysAsync(Cancellation);
        Assert.Contains($"masters/{id}", keys);
        Assert.Contains(keys, key => key.StartsWith($"media/{id}/", StringComparison.Ordinal) && key.EndsWith("/0.m4s", StringComparison.Ordinal));
        Assert.DoesNotContain(keys, key => key.StartsWith('~'));
        Assert.Equal(0, await StoredBytesAsync(bucket));
        Assert.False(Directory.Exists(Path.Combine(data, "blobs")));
        Assert.Equal(0, await flickStream.StopAsync());
    }

    private static async Task<long> StoredBytesAsync(BucketContents bucket) => (await bucket.UnfinishedAsync(Cancellation)).Sum(upload => upload.Bytes);
}
