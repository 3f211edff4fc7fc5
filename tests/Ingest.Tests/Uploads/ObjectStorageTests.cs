using System.Net;
using FlickStream.Engines;
using FlickStream.Ingest.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Ingest.Tests.Uploads;

/// <summary>Uploads into a bucket: where their bytes are at every moment, and what is left of them.</summary>
public sealed class ObjectStorageTests(S3Gateway gateway) : IAsyncLifetime
{
    private const int PartBytes = 5 << 20;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private S3Service _service = null!;
    private FaultyProxy _proxy = null!;
    private IngestHost _host = null!;
    private string _prefix = "";

    public async ValueTask InitializeAsync()
    {
        _service = await gateway.StartedAsync();
        _proxy = await FaultyProxy.StartAsync(_service.Endpoint);
        var settings = _service.Settings().ToDictionary();
        settings["Platform:S3:Endpoint"] = _proxy.Address;
        _prefix = settings["Platform:S3:KeyPrefix"];
        _host = await IngestHost.StartAsync(
            _folder.Path,
            services => services.AddSingleton<TimeProvider>(_clock),
            [
                .. settings.Select(setting => (setting.Key, setting.Value)),
                ("Platform:S3:PartBytes", $"{PartBytes}"),
                ("Platform:S3:ParallelParts", "1"),
                ("Platform:S3:Retries", "0"),
                ("Ingest:Uploads:SliceBytes", "65536"),
            ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _proxy.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Bytes_become_parts_as_they_come_and_never_lie_on_this_machines_disk()
    {
        var bytes = Bytes.Random(24_000_000);
        var url = await _host.Client.CreateAsync(bytes.Length);
        var body = new SlowBody(bytes, 20_000_000);
        var patch = _host.Client.SendTusAsync(HttpMethod.Patch, url, body, ("Upload-Offset", "0"));

        await Until.TrueAsync(async () => (await _host.Uploads.GetAsync(url[^20..]))!.Value.Offset >= 2 * PartBytes);
        var partial = (await _host.Uploads.GetAsync(url[^20..]))!.Value.Partial!;
        var parts = await _service.Client.ListPartsAsync(_service.Bucket, _prefix + partial.Key, partial.Id, TestContext.Current.CancellationToken);
        Assert.InRange(parts.Parts.Sum(part => part.Size ?? 0), 2 * PartBytes, bytes.Length);
        var onDisk = Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);
        Assert.InRange(onDisk, 1, PartBytes);
        Assert.Null(await _host.Blobs.FindAsync(partial.Key));

        body.GoOn();
        using var response = await patch;
        await AssertIsMasterAsync(bytes, response);
        Assert.Equal([partial.Key], await LeftAsync());
    }

    [Fact]
    public async Task A_spell_without_the_storage_costs_nothing_that_was_acknowledged()
    {
        // More than is held in memory on its way, so that the body is still being sent when the storage is given up.
        var bytes = Bytes.Random(40_000_000);
        var url = await _host.Client.CreateAsync(bytes.Length);
        (await _host.Client.PatchAsync(url, 0, bytes[..6_000_000])).Dispose();

        _proxy.Faults = _ => new Fault.Answer(503, "SlowDown");
        using (var refused = await _host.Client.PatchAsync(url, 6_000_000, bytes[6_000_000..]))
            await refused.AssertProblemAsync(503, "storage_unavailable");
        Assert.Equal(6_000_000, await _host.Client.OffsetAsync(url));

        _proxy.Faults = _ => null;
        using var rest = await _host.Client.PatchAsync(url, 6_000_000, bytes[6_000_000..]);
        await AssertIsMasterAsync(bytes, rest);
    }

    [Fact]
    public async Task A_client_whose_body_is_more_than_is_read_hears_why_it_was_not_taken()
    {
        var url = await _host.Client.CreateAsync(60_000_000);
        _proxy.Faults = _ => new Fault.Answer(503, "SlowDown");
        for (var tries = 0; tries < 5; tries++)
        {
            using var refused = await _host.Client.PatchAsync(url, 0, new byte[60_000_000]);
            await refused.AssertProblemAsync(503, "storage_unavailable");
        }
    }

    [Fact]
    public async Task Parts_that_a_client_sent_side_by_side_become_one_master()
    {
        var bytes = Bytes.Random(15_000_000);
        var parts = new[] { await _host.Client.UploadPartAsync(bytes[..11_000_000]), await _host.Client.UploadPartAsync(bytes[11_000_000..]) };
        using var final = await _host.Client.PostTusAsync(("Upload-Concat", $"final;{string.Join(' ', parts)}"));
        Assert.Equal(HttpStatusCode.Created, final.StatusCode);
        var id = final.Headers.Location!.ToString()[^20..];
        await Until.TrueAsync(async () => (await _host.Uploads.GetAsync(id))?.Value.State is UploadState.Completed);

        Assert.Equal(bytes, await _host.MasterAsync(await _host.AssetAsync(id)));
        Assert.Equal([Upload.MasterKeyOf(id)], await LeftAsync());
    }

    [Fact]
    public async Task A_master_that_is_not_the_declared_one_is_freed()
    {
        var metadata = $"sha256 {TusExtensions.Encoded(Bytes.Sha256([1]))}";
        var url = await _host.Client.CreateAsync(6_000_000, ("Upload-Metadata", metadata));
        (await _host.Client.PatchAsync(url, 0, Bytes.Random(6_000_000))).Dispose();
        await Until.TrueAsync(async () => (await _host.Uploads.GetAsync(url[^20..]))!.Value is { State: UploadState.Refused, Partial: null });
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task A_master_that_no_copy_can_be_had_of_for_its_inspection_is_refused_before_its_bytes_come()
    {
        using var folder = new TemporaryFolder();
        await using var host = await IngestHost.StartAsync(
            folder.Path,
            null,
            [.. _service.Settings().Select(setting => (setting.Key, setting.Value)), ("Platform:Masters:MaxBytes", "1000")]);
        using var refused = await host.Client.PostTusAsync(("Upload-Length", "1001"));
        await refused.AssertProblemAsync(413, "upload_too_large");
        using var described = await host.Client.SendTusAsync(HttpMethod.Options, "/api/uploads", null);
        Assert.Equal("1000", described.Header("Tus-Max-Size"));
    }

    [Fact]
    public async Task The_sweep_frees_what_expired_and_what_killed_processes_left()
    {
        var url = await _host.Client.CreateAsync(20_000_000);
        (await _host.Client.PatchAsync(url, 0, Bytes.Random(6_000_000))).Dispose();
        var segment = await _host.Blobs.BeginAsync("media/x/revision/v720/0.m4s");
        await _host.Blobs.AppendAsync(segment, new MemoryStream(Bytes.Random(6_000_000)));
        Assert.NotEmpty(await LeftAsync());

        _clock.Advance(TimeSpan.FromHours(2));
        await SweepAsync();
        await Until.TrueAsync(async () => !(await LeftAsync()).Any(left => left.Contains("media/", StringComparison.Ordinal)));
        Assert.Equal(6_000_000, await _host.Client.OffsetAsync(url));

        _clock.Advance(TimeSpan.FromDays(1));
        await SweepAsync();
        await Until.TrueAsync(async () => (await LeftAsync()).Count == 0);
    }

    private Task SweepAsync() =>
        _host.Services.GetRequiredService<UploadSweep>().SweepAsync(TestContext.Current.CancellationToken);

    private async Task AssertIsMasterAsync(byte[] bytes, HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var asset = await _host.AssetAsync(response.Header("FlickStream-Asset")!);
        Assert.Equal(Bytes.Sha256(bytes), asset.Sha256);
        Assert.Equal(asset.Sha256, Bytes.Sha256(await _host.MasterAsync(asset)));
    }

    /// <summary>Everything that the bucket holds of this test: objects, and uploads that were begun.</summary>
    private async Task<List<string>> LeftAsync()
    {
        var objects = await _service.Client.ListObjectsV2Async(
            new() { BucketName = _service.Bucket, Prefix = _prefix }, TestContext.Current.CancellationToken);
        return
        [
            .. (objects.S3Objects ?? []).Select(found => found.Key[_prefix.Length..]),
            .. (await _host.PartialsAsync()).Select(partial => $"unfinished {partial.Key}"),
        ];
    }
}
