using FlickStream.Engines;
using FlickStream.Platform.RateLimits;

namespace FlickStream.Platform.Tests.Redis;

/// <summary>Keys spread over three nodes: every command and script must find its node, and no script may touch keys of two.</summary>
public sealed class RedisClusterTests : IAsyncLifetime
{
    private readonly RedisCluster _cluster = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _cluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task All_adapters_work_on_a_cluster()
    {
        using var one = new RedisHost(_cluster.Connection, "a:");
        using var two = new RedisHost(_cluster.Connection, "a:");
        await one.HealedAsync();
        await two.HealedAsync();
        var hour = new RateLimit(1, TimeSpan.FromHours(1));
        for (var i = 0; i < 20; i++)
        {
            Assert.True(await one.Leases.AcquireAsync($"g{i}", "a", 1, TimeSpan.FromMinutes(1), Ct));
            Assert.False(await two.Leases.AcquireAsync($"g{i}", "b", 1, TimeSpan.FromMinutes(1), Ct));
            Assert.Equal(1, await two.Leases.CountAsync($"g{i}", Ct));
            Assert.Equal(TimeSpan.Zero, await one.RateLimits.TakeAsync($"k{i}", hour, Ct));
            Assert.NotEqual(TimeSpan.Zero, await two.RateLimits.TakeAsync($"k{i}", hour, Ct));
            await one.Cache.SetAsync($"c{i}", "shared", cancellationToken: Ct);
            Assert.Equal("shared", await two.Cache.GetOrCreateAsync($"c{i}", _ => ValueTask.FromResult("read anew"), cancellationToken: Ct));
        }
    }

    [Fact]
    public async Task The_doorbell_rings_across_nodes()
    {
        using var one = new RedisHost(_cluster.Connection, "a:");
        using var two = new RedisHost(_cluster.Connection, "a:");
        foreach (var topic in (string[])["t1", "t2", "t3", "t4", "t5", "t6"])
        {
            await using var listener = await two.Bus.SubscribeAsync(topic, Ct);
            await using var heard = listener.ReadAllAsync(Ct).GetAsyncEnumerator(Ct);
            var next = heard.MoveNextAsync().AsTask();
            await Until.TrueAsync(
                async () =>
                {
                    await one.Bus.PublishAsync(topic, topic, Ct);
                    return next.IsCompleted;
                },
                $"{topic} is heard");
            Assert.Equal(topic, heard.Current);
        }
    }
}
