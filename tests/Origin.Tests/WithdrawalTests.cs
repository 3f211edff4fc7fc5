using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Numbers;
using FlickStream.Tests.CloudFront;

namespace FlickStream.Origin.Tests;

/// <summary>Deleted titles are forgotten by the CDN, whatever stops in between.</summary>
public sealed class WithdrawalTests : IDisposable
{
    private static readonly MediaReport Media = new(
        "mov", 20, null, new VideoReport(0, "h264", 1280, 720, new Rational(1, 1), 0, new Rational(30, 1), false, 600, 0, 20, "yuv420p", 8, null, null, null, false), []);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("withdrawal-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Copies_are_invalidated_once_the_media_are_gone_and_not_before()
    {
        await using var api = await InvalidationApi.StartAsync();
        await using var host = await StartAsync(api);
        await DeleteAsync(host, mediaRemoved: false);
        await host.Withdrawals.SweepAsync(Ct);
        Assert.Empty((await api.LogAsync()).Requests);
        Assert.Null((await AssetAsync(host)).WithdrawnAt);

        await DeleteAsync(host, mediaRemoved: true);
        await WaitForWithdrawalAsync(host);
        Assert.Equal(["/media/asset1/*"], (await api.LogAsync()).Invalidations);

        // Done is done.
        await host.Withdrawals.SweepAsync(Ct);
        Assert.Single((await api.LogAsync()).Requests);
    }

    [Fact]
    public async Task An_origin_that_dies_before_it_asked_asks_when_it_is_back()
    {
        await using var api = await InvalidationApi.StartAsync("AccessDenied");
        await using var host = await StartAsync(api);
        await DeleteAsync(host, mediaRemoved: true);
        await Assert.ThrowsAnyAsync<Exception>(() => host.Withdrawals.SweepAsync(Ct));
        Assert.Null((await AssetAsync(host)).WithdrawnAt);

        // Nothing of the first origin is used but the documents.
        await using var restarted = await StartAsync(api, host);
        await WaitForWithdrawalAsync(restarted);
        Assert.Equal(["/media/asset1/*"], (await api.LogAsync()).Invalidations);
    }

    [Fact]
    public async Task An_origin_that_dies_after_it_asked_asks_again_and_CloudFront_makes_no_second_one()
    {
        await using var api = await InvalidationApi.StartAsync();
        await using var host = await StartAsync(api);
        await DeleteAsync(host, mediaRemoved: true);
        await host.Withdrawals.SweepAsync(Ct);

        // As if the process had ended between the answer and the document.
        await host.Documents.Set(Asset.Schema).UpdateAsync(Sample.AssetId, a => a with { WithdrawnAt = null }, Ct);
        await using var restarted = await StartAsync(api, host);
        await restarted.Withdrawals.SweepAsync(Ct);

        var log = await api.LogAsync();
        Assert.Equal([201, 201], log.Requests.Select(r => r.Status));
        Assert.Single(log.Invalidations);
        Assert.NotNull((await AssetAsync(host)).WithdrawnAt);
    }

    [Fact]
    public async Task A_master_that_was_refused_had_no_media_and_costs_no_invalidation()
    {
        await using var api = await InvalidationApi.StartAsync();
        await using var host = await StartAsync(api);
        await DeleteAsync(host, mediaRemoved: true, media: null);
        await host.Withdrawals.SweepAsync(Ct);
        Assert.Empty((await api.LogAsync()).Requests);
        Assert.NotNull((await AssetAsync(host)).WithdrawnAt);
    }

    [Fact]
    public async Task Without_a_CDN_there_is_nothing_to_wait_for()
    {
        await using var host = await OriginHost.StartAsync();
        await DeleteAsync(host, mediaRemoved: true);
        await host.Withdrawals.SweepAsync(Ct);
        Assert.NotNull((await AssetAsync(host)).WithdrawnAt);
    }

    private static Task DeleteAsync(OriginHost host, bool mediaRemoved) => DeleteAsync(host, mediaRemoved, Media);

    private static async Task DeleteAsync(OriginHost host, bool mediaRemoved, MediaReport? media) => await host.Documents.Set(Asset.Schema)
        .UpdateAsync(
            Sample.AssetId,
            a => a with { State = AssetState.Deleted, Media = media, DeletedAt = Sample.Start, MediaRemovedAt = mediaRemoved ? Sample.Start : null },
            Ct);

    /// <summary>The sweep goes by the clock that only the test moves.</summary>
    private static async Task WaitForWithdrawalAsync(OriginHost host)
    {
        do
        {
            host.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }
        while ((await AssetAsync(host)).WithdrawnAt is null);
    }

    private static async Task<Asset> AssetAsync(OriginHost host) => (await host.Documents.Set(Asset.Schema).GetAsync(Sample.AssetId, Ct))!.Value;

    private Task<OriginHost> StartAsync(InvalidationApi api, OriginHost? before = null)
    {
        var key = SigningKey.Ecdsa(_folder.FullName, "K1");
        return OriginHost.StartAsync(documents: before?.Documents, time: before?.Time, settings: new()
        {
            ["Delivery:Adapter"] = "CloudFront",
            ["Delivery:CloudFront:BaseUrl"] = "https://media.example.com",
            ["Delivery:CloudFront:DistributionId"] = "E2QWRUHAPOMQZL",
            ["Delivery:CloudFront:Keys:0:KeyPairId"] = key.KeyPairId,
            ["Delivery:CloudFront:Keys:0:PrivateKeyFile"] = key.File,
            ["Delivery:CloudFront:ApiUrl"] = api.Address.AbsoluteUri,
        });
    }
}
