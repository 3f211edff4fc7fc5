using System.Net;
using FlickStream.Ingest.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Ingest.Tests.Uploads;

/// <summary>What is left after connections, clients and servers stop half-way.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bytes_of_a_connection_that_breaks_are_kept_to_the_last()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:SliceBytes", "65536"));
        var bytes = Bytes.Random(1_000_000);
        var url = await host.Client.CreateAsync(bytes.Length);

        // Kestrel throws away what nobody has read when a connection ends.
        using (await RawPatch.StartAsync(host, url, 0, bytes, send: 333_333))
            await Until.TrueAsync(async () => (await host.Uploads.GetAsync(url[^20..]))!.Value.Offset >= 5 * 65536);

        await Until.TrueAsync(async () => await host.Client.OffsetAsync(url) == 333_333);
        using var rest = await host.Client.PatchAsync(url, 333_333, bytes[333_333..]);
        var asset = await host.AssetAsync(rest.Header("FlickStream-Asset")!);
        Assert.Equal(Bytes.Sha256(bytes), asset.Sha256);
        Assert.Equal(bytes, await host.MasterAsync(asset));
    }

    [Fact]
    public async Task Bytes_of_a_broken_connection_do_not_count_when_their_checksum_cannot_be_checked()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path);
        var url = await host.Client.CreateAsync(1000);

        using (await RawPatch.StartAsync(
            host, url, 0, new byte[1000], send: 500, ("Upload-Checksum", $"sha1 {Convert.ToBase64String(new byte[20])}"))) { }

        await Until.TrueAsync(() => !host.Services.GetRequiredService<UploadWriters>().IsWriting(url[^20..]));
        Assert.Equal(0, await host.Client.OffsetAsync(url));
    }

    [Fact]
    public async Task Bytes_are_acknowledged_slice_by_slice_while_the_body_is_still_coming()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:SliceBytes", "65536"));
        var bytes = Bytes.Random(1_000_000);
        var url = await host.Client.CreateAsync(bytes.Length);
        var body = new SlowBody(bytes, 700_000);
        var patch = host.Client.SendTusAsync(HttpMethod.Patch, url, body, ("Upload-Offset", "0"));

        await Until.TrueAsync(async () => (await host.Uploads.GetAsync(url[^20..]))!.Value.Offset >= 5 * 65536);

        Assert.False(patch.IsCompleted);
        body.GoOn();
        using var response = await patch;
        Assert.Equal(bytes, await host.MasterAsync(await host.AssetAsync(response.Header("FlickStream-Asset")!)));
    }

    [Fact]
    public async Task A_slow_client_loses_no_more_than_a_slice_of_time()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:SliceTime", "00:00:00.1"));
        var url = await host.Client.CreateAsync(1000);
        var body = new TricklingBody();
        var patch = host.Client.SendTusAsync(HttpMethod.Patch, url, body, ("Upload-Offset", "0"));

        await Until.TrueAsync(async () => (await host.Uploads.GetAsync(url[^20..]))!.Value.Offset >= 2);

        body.End();
        (await patch).Dispose();
    }

    [Fact]
    public async Task A_second_writer_is_told_that_the_upload_is_locked()
    {
        await using var host = await IngestHost.StartAsync(
            _folder.Path, null, ("Ingest:Uploads:WriterSilence", "00:10:00"), ("Ingest:Uploads:WriterWait", "00:00:00.1"));
        var bytes = Bytes.Random(1000);
        var url = await host.Client.CreateAsync(1000);
        var body = new SlowBody(bytes, 500);
        var first = host.Client.SendTusAsync(HttpMethod.Patch, url, body, ("Upload-Offset", "0"));
        await Until.TrueAsync(() => host.Services.GetRequiredService<UploadWriters>().IsWriting(url[^20..]));

        using var second = await host.Client.PatchAsync(url, 0, bytes);
        await second.AssertProblemAsync(423, "upload_locked");

        body.GoOn();
        using var response = await first;
        Assert.Equal(bytes, await host.MasterAsync(await host.AssetAsync(response.Header("FlickStream-Asset")!)));
    }

    [Fact]
    public async Task Of_many_writers_at_one_offset_the_bytes_of_one_are_kept()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:SliceBytes", "65536"));
        var bodies = Enumerable.Range(0, 8).Select(_ => Bytes.Random(500_000)).ToArray();
        var url = await host.Client.CreateAsync(500_000);

        var responses = await Task.WhenAll(bodies.Select(body => host.Client.PatchAsync(url, 0, body)));

        var winner = Assert.Single(responses, r => r.StatusCode == HttpStatusCode.NoContent);
        var master = await host.MasterAsync(await host.AssetAsync(winner.Header("FlickStream-Asset")!));
        Assert.Equal(bodies[Array.IndexOf(responses, winner)], master);
        Assert.All(responses.Where(r => r != winner), r => Assert.Contains((int)r.StatusCode, new[] { 409, 413, 423 }));
    }

    [Fact]
    public async Task A_client_that_reconnects_is_not_locked_out_by_its_own_silent_connection()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:WriterSilence", "00:00:00"));
        var bytes = Bytes.Random(1000);
        var url = await host.Client.CreateAsync(1000);
        using var silent = await RawPatch.StartAsync(host, url, 0, bytes, send: 500);

        var offset = await host.Client.OffsetAsync(url);
        using var resumed = await host.Client.PatchAsync(url, offset, bytes[(int)offset..]);

        var asset = await host.AssetAsync(resumed.Header("FlickStream-Asset")!);
        Assert.Equal(bytes, await host.MasterAsync(asset));
        Assert.Equal(423, (await silent.AnswerAsync()).Status);
    }

    [Fact]
    public async Task The_offset_of_a_client_that_broke_off_a_moment_ago_counts_what_it_sent()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:WriterSilence", "00:10:00"));
        var url = await host.Client.CreateAsync(1000);
        var patch = await RawPatch.StartAsync(host, url, 0, new byte[1000], send: 500);

        // What a HEAD waits for: the connection is not silent for long enough to be ended.
        var settled = host.Services.GetRequiredService<UploadWriters>().SettleAsync(url[^20..], TestContext.Current.CancellationToken);
        Assert.False(settled.IsCompleted);
        patch.Dispose();

        await settled;
        Assert.Equal(500, await host.Client.OffsetAsync(url));
    }

    [Fact]
    public async Task Terminating_stops_the_writer()
    {
        await using var host = await IngestHost.StartAsync(_folder.Path, null, ("Ingest:Uploads:WriterSilence", "00:10:00"));
        var url = await host.Client.CreateAsync(1000);
        using var patch = await RawPatch.StartAsync(host, url, 0, new byte[1000], send: 500);

        using var response = await host.Client.SendTusAsync(HttpMethod.Delete, url);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(423, (await patch.AnswerAsync()).Status);
        Assert.Equal(0, await host.Uploads.CountAsync([]));
        Assert.Empty(await host.PartialsAsync());
    }

    [Fact]
    public async Task A_server_that_stops_keeps_what_it_received_and_goes_on_after_its_restart()
    {
        var bytes = Bytes.Random(1_000_000);
        string url;
        await using (var host = await IngestHost.StartAsync(_folder.Path))
        {
            url = await host.Client.CreateAsync(
                bytes.Length, ("Upload-Metadata", $"sha256 {TusExtensions.Encoded(Bytes.Sha256(bytes))}"));
            (await host.Client.PatchAsync(url, 0, bytes[..200_000])).Dispose();
            using var patch = await RawPatch.StartAsync(host, url, 200_000, bytes[200_000..], send: 300_000);
            var stopping = host.StopAsync();
            var (status, text) = await patch.AnswerAsync();
            Assert.Equal(503, status);
            Assert.Contains("Retry-After: ", text, StringComparison.Ordinal);
            await stopping;
        }

        await using var again = await IngestHost.StartAsync(_folder.Path);
        var offset = await again.Client.OffsetAsync(url);
        Assert.InRange(offset, 200_000, 500_000);
        using var rest = await again.Client.PatchAsync(url, offset, bytes[(int)offset..]);
        Assert.Equal(bytes, await again.MasterAsync(await again.AssetAsync(rest.Header("FlickStream-Asset")!)));
    }

    private sealed class TricklingBody : HttpContent
    {
        private readonly CancellationTokenSource _end = new();

        public void End() => _end.Cancel();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            while (!_end.IsCancellationRequested)
            {
                await stream.WriteAsync(new byte[1]);
                await stream.FlushAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _end.Dispose();
            base.Dispose(disposing);
        }
    }
}
