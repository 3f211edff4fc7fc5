using FlickStream.Ingest.Uploads;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Tests.Uploads;

/// <summary>A kill between any two writes of a completion is healed by the next start: one asset, no bytes left over.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _bytes = Bytes.Random(100_000);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_after_the_last_byte()
    {
        await LeaveAsync((_, _) => Task.CompletedTask);

        await AssertHealedAsync();
    }

    [Fact]
    public async Task Killed_after_the_digest_was_stored()
    {
        await LeaveAsync((host, upload) => WriteDigestAsync(host, upload));

        await AssertHealedAsync();
    }

    [Fact]
    public async Task Killed_after_the_master_was_stored()
    {
        await LeaveAsync(async (host, upload) =>
        {
            await WriteDigestAsync(host, upload);
            await host.Blobs.CompleteAsync(upload.Value.Partial!);
        });

        await AssertHealedAsync();
    }

    [Fact]
    public async Task Killed_after_the_asset_was_stored()
    {
        await LeaveAsync(async (host, upload) =>
        {
            await WriteDigestAsync(host, upload);
            var master = await host.Blobs.CompleteAsync(upload.Value.Partial!);
            await host.Assets.InsertAsync(upload.Id, new Asset
            {
                Id = upload.Id,
                Owner = host.Owner,
                State = AssetState.Inspecting,
                Title = "upload",
                FileName = "upload",
                SizeBytes = master.Length,
                Sha256 = Bytes.Sha256(_bytes),
                MasterKey = master.Key,
                CreatedAt = TimeProvider.System.GetUtcNow(),
            });
        });

        await AssertHealedAsync();
    }

    [Fact]
    public async Task Killed_before_the_bytes_of_a_refused_upload_were_freed()
    {
        await LeaveAsync((host, upload) => host.Uploads.UpdateAsync(upload.Id, u => u with { State = UploadState.Refused }));

        await using var host = await IngestHost.StartAsync(_folder.Path);
        await Until.TrueAsync(async () => await CountUnsettledAsync(host) == 0);

        Assert.Empty(await host.PartialsAsync());
        Assert.Equal(0, await host.Assets.CountAsync([]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    [InlineData(40_000)]
    [InlineData(70_000)]
    public async Task Killed_while_parts_were_being_copied(int copied)
    {
        await using (var host = await IngestHost.StartAsync(_folder.Path))
        {
            var parts = new[] { await host.Client.UploadPartAsync(_bytes[..40_000]), await host.Client.UploadPartAsync(_bytes[40_000..]) }
                .Select(url => url[^20..]).ToArray();
            var id = UploadId.OfParts(parts);
            foreach (var part in parts) await host.Uploads.UpdateAsync(part, u => u with { FinalId = id });
            var partial = await AppendAsync(host, await host.Blobs.BeginAsync(Upload.MasterKeyOf(id)), _bytes[..copied]);
            await host.Uploads.InsertAsync(id, NewUpload(id, partial) with
            {
                State = UploadState.Assembling,
                Role = UploadRole.Final,
                Parts = parts,
            });
        }

        await AssertHealedAsync();
    }

    [Fact]
    public async Task A_head_heals_before_the_sweep_does()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path);
        var url = await host.Client.CreateAsync(_bytes.Length);
        var upload = (await host.Uploads.GetAsync(url[^20..]))!;
        var partial = await AppendAsync(host, upload.Value.Partial!, _bytes);
        await host.Uploads.ReplaceAsync(upload.Id, upload.Version, upload.Value with { Partial = partial, State = UploadState.Completing });

        using var head = await host.Client.HeadAsync(url);

        Assert.Equal(_bytes, await host.MasterAsync(await host.AssetAsync(head.Header("FlickStream-Asset")!)));
    }

    private static Task WriteDigestAsync(IngestHost host, Stored<Upload> upload) =>
        host.Uploads.UpdateAsync(upload.Id, u => u with { Sha256 = new string('a', 64) });

    /// <summary>Data as a process leaves it that was killed when all bytes were stored and <paramref name="more"/> had happened.</summary>
    private async Task LeaveAsync(Func<IngestHost, Stored<Upload>, Task> more)
    {
        await using var host = await IngestHost.StartAsync(_folder.Path);
        var id = UploadId.New();
        var partial = await AppendAsync(host, await host.Blobs.BeginAsync(Upload.MasterKeyOf(id)), _bytes);
        var upload = await host.Uploads.InsertAsync(id, NewUpload(id, partial));
        await more(host, upload!);
    }

    private async Task AssertHealedAsync()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path);
        await Until.TrueAsync(async () => await CountUnsettledAsync(host) == 0);

        var asset = Assert.Single((await host.Assets.QueryAsync(new DocumentQuery())).Items).Value;
        Assert.Equal(_bytes, await host.MasterAsync(asset));
        Assert.Equal(UploadState.Completed, (await host.Uploads.GetAsync(asset.Id))!.Value.State);
        Assert.Empty(await host.PartialsAsync());
    }

    private static Task<long> CountUnsettledAsync(IngestHost host) => host.Uploads.CountAsync([DocumentFilter.Equal("unsettled", true)]);

    private static async Task<PartialBlob> AppendAsync(IngestHost host, PartialBlob partial, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await host.Blobs.AppendAsync(partial, stream);
    }

    private static Upload NewUpload(string id, PartialBlob partial) => new()
    {
        Id = id,
        Owner = "one",
        State = UploadState.Completing,
        Role = UploadRole.Whole,
        Partial = partial,
        Length = 100_000,
        Metadata = new UploadMetadata(null, "upload", "upload", null),
        CreatedAt = TimeProvider.System.GetUtcNow(),
        ExpiresAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1),
    };
}
