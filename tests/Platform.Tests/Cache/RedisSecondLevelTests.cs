using System.Diagnostics;
using FlickStream.Engines;
using FlickStream.Platform.Tests.Redis;
using Microsoft.Extensions.Caching.Hybrid;

namespace FlickStream.Platform.Tests.Cache;

public sealed class RedisSecondLevelTests : IAsyncLifetime
{
    // Nothing in the memory of the process, so that every reading asks the second level.
    private static readonly HybridCacheEntryOptions Shared =
        new() { Expiration = TimeSpan.FromMinutes(1), Flags = HybridCacheEntryFlags.DisableLocalCache };

    private readonly RedisServer _server = new();
    private RedisHost _one = null!;
    private RedisHost _two = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        (_one, _two) = (new(_server.Connection, "a:", commandTimeout: 0.5), new(_server.Connection, "a:", commandTimeout: 0.5));
    }

    public async ValueTask DisposeAsync()
    {
        _one.Dispose();
        _two.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_one_process_read_another_finds()
    {
        using var one = Patient();
        using var two = Patient();
        await one.Cache.SetAsync("k", "from one", Shared, cancellationToken: Ct);
        Assert.Equal("from one", await ReadAsync(two, "read anew"));
    }

    [Fact]
    public async Task What_one_process_removed_no_other_finds()
    {
        using var one = Patient();
        using var two = Patient();
        await one.Cache.SetAsync("k", "old", Shared, cancellationToken: Ct);
        await two.Cache.RemoveAsync("k", Ct);
        Assert.Equal("new", await ReadAsync(one, "new"));
    }

    [Fact]
    public async Task Entries_expire_by_themselves()
    {
        using var one = Patient();
        var brief = new HybridCacheEntryOptions { Expiration = TimeSpan.FromSeconds(4), Flags = HybridCacheEntryFlags.DisableLocalCache };
        await one.Cache.SetAsync("k", "v", brief, cancellationToken: Ct);
        var (database, key) = (one.Connection.Database, one.Connection.KeyOf("cache", "k"));
        Assert.InRange((await database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        await Until.TrueAsync(async () => !await database.KeyExistsAsync(key), "the entry expires", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task While_the_server_is_away_everything_is_read_anew_without_an_error_and_is_shared_again_after_it()
    {
        await _one.Cache.SetAsync("k", "old", Shared, cancellationToken: Ct);
        await _server.KillAsync();
        for (var i = 0; i < 100; i++) Assert.Equal($"{i}", await ReadAsync(_one, $"{i}"));
        await _one.Cache.SetAsync("k", "v", Shared, cancellationToken: Ct);
        await _one.Cache.RemoveAsync("k", Ct);

        // One line for the loss and one for what went on without; not one a reading.
        Assert.InRange(_one.Log.Lines.Count(line => line.Contains("Redis", StringComparison.Ordinal)), 1, 5);
        Assert.DoesNotContain(_one.Log.Lines, line => line.Contains("Cache backend", StringComparison.Ordinal));

        await _server.StartAgainAsync();
        await _one.HealedAsync();
        await _two.HealedAsync();
        await Until.TrueAsync(
            async () =>
            {
                // What was to be removed while the server was away is removed now, at times after the first of these was written.
                await _one.Cache.SetAsync("k", "shared again", Shared, cancellationToken: Ct);
                return await ReadAsync(_two, "read anew") == "shared again";
            },
            "what one keeps is read by the other");
    }

    [Fact]
    public async Task A_hung_server_costs_readers_a_bounded_time()
    {
        await _one.Cache.SetAsync("k", "old", Shared, cancellationToken: Ct);
        await _server.HangAsync();
        var clock = Stopwatch.StartNew();
        Assert.Equal("new", await ReadAsync(_one, "new"));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await _server.GoOnAsync();
    }

    [Fact]
    public async Task What_could_not_be_removed_is_removed_when_the_server_is_back()
    {
        await _one.Cache.SetAsync("k", "old", Shared, cancellationToken: Ct);
        await _server.HangAsync();
        await Until.TrueAsync(
            async () =>
            {
                await _one.Cache.GetOrCreateAsync("other", _ => ValueTask.FromResult(""), Shared, cancellationToken: Ct);
                return !_one.Connection.IsConnected;
            },
            "the connection is given up");
        await _one.Cache.RemoveAsync("k", Ct);
        await _server.GoOnAsync();
        await Until.TrueAsync(async () => !await ExistsAsync(), "nothing old is left");

        async Task<bool> ExistsAsync() =>
            await _two.Connection.AskAsync("test", db => db.KeyExistsAsync(_two.Connection.KeyOf("cache", "k")), Ct) ?? true;
    }

    /// <summary>Where the server is there all the time, however busy the machine is.</summary>
    private RedisHost Patient() => new(_server.Connection, "a:", commandTimeout: 10);

    private static async Task<string> ReadAsync(RedisHost host, string anew) =>
        await host.Cache.GetOrCreateAsync("k", _ => ValueTask.FromResult(anew), Shared, cancellationToken: Ct);
}
