using System.Net;
using FlickStream.Origin.Grants;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Origin.Tests;

public sealed class KeyRotationTests
{
    [Fact]
    public async Task A_new_key_signs_and_the_old_one_still_opens_its_grants_until_they_are_gone()
    {
        await using var host = await OriginHost.StartAsync();
        var keys = host.Services.GetRequiredService<DeliveryKeys>();
        var ttl = TimeSpan.FromDays(7).TotalSeconds;
        await host.PlayAsync(new { assetId = Sample.AssetId, ttlSeconds = ttl });
        Assert.Equal(1u, keys.Ring.Current!.Id);

        // A month later the key is old enough: the next grant gets a new one by itself.
        host.Time.AdjustTime(host.Time.GetUtcNow() + TimeSpan.FromDays(30));
        var second = await host.PlayAsync(new { assetId = Sample.AssetId, ttlSeconds = ttl });
        Assert.Equal(2u, keys.Ring.Current!.Id);
        await keys.RotateAsync(TestContext.Current.CancellationToken);
        var third = await host.PlayAsync(new { assetId = Sample.AssetId, ttlSeconds = ttl });
        Assert.Equal(3u, keys.Ring.Current!.Id);
        await keys.ForgetOldAsync(TestContext.Current.CancellationToken);
        foreach (var play in new[] { second, third })
        {
            using var response = await host.Client.GetAsync(new Uri(play, "master.m3u8"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        host.Time.AdjustTime(host.Time.GetUtcNow() + TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await keys.ForgetOldAsync(TestContext.Current.CancellationToken);
        Assert.Equal([3u], keys.Ring.All.Select(k => k.Id));
    }

    [Fact]
    public async Task A_key_that_another_origin_made_is_found_when_its_first_token_comes()
    {
        await using var host = await OriginHost.StartAsync();
        await using var other = await OriginHost.StartAsync(documents: host.Documents, time: host.Time);
        var path = (await host.PlayAsync()).AbsolutePath;
        Assert.Null(other.Services.GetRequiredService<DeliveryKeys>().Ring.Current);
        using var response = await other.Client.GetAsync(path + "master.m3u8", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Origins_that_make_a_key_at_once_agree_on_one()
    {
        await using var host = await OriginHost.StartAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.GrantAsync()));
        var keys = host.Services.GetRequiredService<DeliveryKeys>();
        foreach (var grant in all) Assert.NotNull(GrantToken.Open(new Uri((string)grant["hls"]!).Segments[2].Trim('/'), keys.Ring, out _));
    }
}
