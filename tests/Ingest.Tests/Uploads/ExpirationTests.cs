using System.Net;
using FlickStream.Ingest.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Ingest.Tests.Uploads;

/// <summary>tus 1.0.0, expiration; by a clock that only these tests move.</summary>
public sealed class ExpirationTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private IngestHost? _host;

    private IngestHost Host => _host!;

    public async ValueTask InitializeAsync() => _host = await IngestHost.StartAsync(
        _folder.Path,
        services => services.AddSingleton<TimeProvider>(_clock),
        ("Ingest:Uploads:UnfinishedLifetime", "00:10:00"),
        ("Ingest:Uploads:FinishedLifetime", "00:20:00"),
        ("Ingest:Uploads:AbandonedAfter", "00:30:00"),
        ("Ingest:Uploads:SweepInterval", "01:00:00"));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_expired_upload_is_gone_and_the_sweep_frees_its_bytes()
    {
        var url = await Host.Client.CreateAsync(10);
        (await Host.Client.PatchAsync(url, 0, [1, 2])).Dispose();

        _clock.Advance(TimeSpan.FromMinutes(11));
        using var expired = await Host.Client.PatchAsync(url, 2, [3]);
        await expired.AssertProblemAsync(410, "upload_expired");

        await SweepAsync();
        using var swept = await Host.Client.HeadAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, swept.StatusCode);
        Assert.Empty(await Host.PartialsAsync());
    }

    [Fact]
    public async Task Every_append_gives_an_upload_more_time()
    {
        var url = await Host.Client.CreateAsync(10);

        _clock.Advance(TimeSpan.FromMinutes(9));
        (await Host.Client.PatchAsync(url, 0, [1, 2])).Dispose();
        _clock.Advance(TimeSpan.FromMinutes(9));
        await SweepAsync();

        Assert.Equal(2, await Host.Client.OffsetAsync(url));
    }

    [Fact]
    public async Task A_finished_upload_expires_but_its_asset_stays()
    {
        var url = await Host.Client.CreateAsync(2);
        using var patched = await Host.Client.PatchAsync(url, 0, [1, 2]);

        _clock.Advance(TimeSpan.FromMinutes(19));
        await SweepAsync();
        Assert.Equal(2, await Host.Client.OffsetAsync(url));
        _clock.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync();

        using var head = await Host.Client.HeadAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        Assert.Equal([1, 2], await Host.MasterAsync(await Host.AssetAsync(patched.Header("FlickStream-Asset")!)));
    }

    [Fact]
    public async Task Bytes_that_no_upload_names_are_freed_when_they_are_old()
    {
        var url = await Host.Client.CreateAsync(10);
        await Host.Blobs.BeginAsync("masters/aaaaaaaaaaaaaaaaaaaa");
        await Host.Blobs.BeginAsync($"masters/{url[^20..]}");
        await Host.Blobs.BeginAsync("media/a/b/v1080/0.m4s");

        await SweepAsync();
        Assert.Equal(4, (await Host.PartialsAsync()).Count);

        for (var i = 0; i < 4; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(9));
            (await Host.Client.PatchAsync(url, i, [1])).Dispose();
        }

        await SweepAsync();
        var left = (await Host.PartialsAsync()).Select(p => p.Id).ToHashSet();
        Assert.Equal([(await Host.Uploads.GetAsync(url[^20..]))!.Value.Partial!.Id], left);
    }

    [Fact]
    public async Task A_connection_that_brings_nothing_is_ended_and_its_bytes_are_kept()
    {
        var url = await Host.Client.CreateAsync(1000);
        using var patch = await RawPatch.StartAsync(Host, url, 0, new byte[1000], send: 400);
        var answer = patch.AnswerAsync();

        await Until.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            return answer.IsCompleted;
        });

        Assert.Equal(400, (await answer).Status);
        Assert.InRange((await Host.Uploads.GetAsync(url[^20..]))!.Value.Offset, 1, 400);
    }

    private Task SweepAsync() => Host.Services.GetRequiredService<UploadSweep>().SweepAsync(TestContext.Current.CancellationToken);
}
