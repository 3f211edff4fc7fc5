using System.Diagnostics;
using FlickStream.Engines;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Tests.Redis;
using FlickStream.Tests;

namespace FlickStream.Platform.Tests.Bus;

public sealed class RedisBusTests(SharedRedis server) : BusContract, IClassFixture<SharedRedis>, IDisposable
{
    private readonly RedisHost _host = new(server.Connection, RedisServer.NewPrefix());

    protected override IBus Bus => _host.Bus;

    public void Dispose() => _host.Dispose();
}

public sealed class RedisBusOutageTests : IAsyncLifetime
{
    private readonly RedisServer _server = new();
    private RedisHost _one = null!;
    private RedisHost _two = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        (_one, _two) = (new(_server.Connection, "a:"), new(_server.Connection, "a:"));
    }

    public async ValueTask DisposeAsync()
    {
        _one.Dispose();
        _two.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_message_reaches_other_processes()
    {
        await using var listener = await _two.Bus.SubscribeAsync("t", Ct);
        await _one.Bus.PublishAsync("t", "hello", Ct);
        Assert.Equal("hello", await NextAsync(listener));
    }

    [Fact]
    public async Task Installations_with_other_prefixes_do_not_hear_each_other()
    {
        using var other = new RedisHost(_server.Connection, "b:");
        await using var listener = await other.Bus.SubscribeAsync("t", Ct);
        await _one.Bus.PublishAsync("t", "not for you", Ct);
        await other.Bus.PublishAsync("t", "for you", Ct);
        Assert.Equal("for you", await NextAsync(listener));
    }

    [Fact]
    public async Task Listeners_hear_again_after_the_server_was_killed_and_started_again()
    {
        await using var listener = await _two.Bus.SubscribeAsync("t", Ct);
        for (var round = 0; round < 3; round++)
        {
            await _server.KillAsync();
            await _one.Bus.PublishAsync("t", "lost", Ct);
            await _server.StartAgainAsync();
            await RingUntilHeardAsync(listener);
        }
    }

    [Fact]
    public async Task Who_begins_to_listen_while_the_server_is_away_hears_when_it_is_back()
    {
        await _server.KillAsync();
        using var late = new RedisHost(_server.Connection, "a:", connectTimeout: 1);
        await using var listener = await late.Bus.SubscribeAsync("t", Ct);
        await using var another = await _two.Bus.SubscribeAsync("t", Ct);
        await _server.StartAgainAsync();
        await RingUntilHeardAsync(listener);
        await RingUntilHeardAsync(another);
    }

    [Fact]
    public async Task While_the_server_is_away_listeners_of_the_same_process_hear()
    {
        await using var listener = await _one.Bus.SubscribeAsync("t", Ct);
        await _server.KillAsync();
        await Until.TrueAsync(() => Task.FromResult(!_one.Connection.IsConnected), "the loss is noticed");
        await _one.Bus.PublishAsync("t", "near", Ct);
        Assert.Equal("near", await NextAsync(listener));
    }

    [Fact]
    public async Task A_hung_server_holds_no_publisher_up()
    {
        await using var listener = await _two.Bus.SubscribeAsync("t", Ct);
        await _server.HangAsync();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++) await _one.Bus.PublishAsync("t", "held", Ct);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await _server.GoOnAsync();
        await RingUntilHeardAsync(listener);
    }

    private async Task RingUntilHeardAsync(IBusSubscription listener)
    {
        var heard = NextAsync(listener, "ring");
        await Until.TrueAsync(
            async () =>
            {
                await _one.Bus.PublishAsync("t", "ring", Ct);
                return heard.IsCompleted;
            },
            "the doorbell works");
        await heard;
    }

    private static async Task<string> NextAsync(IBusSubscription listener, string? wanted = null)
    {
        await foreach (var message in listener.ReadAllAsync(Ct))
        {
            if (wanted is null || message == wanted) return message;
        }

        throw new InvalidOperationException("The subscription ended.");
    }
}
