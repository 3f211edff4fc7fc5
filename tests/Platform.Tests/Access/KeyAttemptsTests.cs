using System.Net;
using FlickStream.Platform.Access;
using FlickStream.Platform.Documents.Sqlite;
using FlickStream.Platform.RateLimits;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Access;

public sealed class KeyAttemptsTests : IAsyncDisposable
{
    private const int Allowed = 5;

    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SqliteDocuments _documents;
    private readonly ServiceProvider _services;
    private readonly ApiKeys _keys;
    private readonly KeyAttempts _attempts;

    public KeyAttemptsTests()
    {
        _documents = new SqliteDocuments(_folder.In("documents.sqlite"));
        var services = new ServiceCollection();
        services.AddHybridCache();
        _services = services.BuildServiceProvider();
        _keys = new ApiKeys(_documents, _services.GetRequiredService<HybridCache>(), _time);
        _attempts = new KeyAttempts(
            _keys, new InMemoryRateLimits(_time), Options.Create(new AccessOptions { UnknownKeysPerMinute = Allowed }));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _documents.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_address_that_tries_too_many_keys_is_refused_unseen_until_a_permit_comes_back()
    {
        var (_, good) = await _keys.CreateAsync("CI", [Scopes.Ingest], Ct);
        for (var i = 0; i < Allowed; i++) Assert.Equal((null, TimeSpan.Zero), await TryAsync("fs_wrong"));
        var (key, wait) = await TryAsync(good);
        Assert.Null(key);
        Assert.Equal(TimeSpan.FromSeconds(60 / Allowed), wait);
        _time.Advance(wait);
        Assert.NotNull((await TryAsync(good)).Key);
    }

    [Fact]
    public async Task A_key_that_was_seen_good_passes_although_a_neighbour_spent_the_addresss_permits()
    {
        var (_, good) = await _keys.CreateAsync("CI", [Scopes.Ingest], Ct);
        Assert.NotNull((await TryAsync(good)).Key);
        for (var i = 0; i < Allowed * 2; i++) await TryAsync("fs_wrong");
        Assert.NotEqual(TimeSpan.Zero, (await TryAsync("fs_wrong")).Wait);
        for (var i = 0; i < Allowed * 2; i++) Assert.NotNull((await TryAsync(good)).Key);
    }

    [Fact]
    public async Task A_revoked_key_is_a_strangers_key_again()
    {
        var (key, text) = await _keys.CreateAsync("CI", [Scopes.Ingest], Ct);
        Assert.NotNull((await TryAsync(text)).Key);
        await _keys.RevokeAsync(key.Id, Ct);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < Allowed * 2; i++) waits.Add((await TryAsync(text)).Wait);
        Assert.NotEqual(TimeSpan.Zero, waits[^1]);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public async Task Addresses_of_one_subscriber_share_a_budget(string one, string other, bool isShared)
    {
        for (var i = 0; i < Allowed; i++) await _attempts.TryAsync("fs_wrong", IPAddress.Parse(one), Ct);
        var (_, wait) = await _attempts.TryAsync("fs_wrong", IPAddress.Parse(other), Ct);
        Assert.Equal(isShared, wait > TimeSpan.Zero);
    }

    private ValueTask<(ApiKey? Key, TimeSpan Wait)> TryAsync(string text) => _attempts.TryAsync(text, Here, Ct);
}
