using FlickStream.Platform.Bus;

namespace FlickStream.Platform.Tests.Bus;

/// <summary>What every adapter of <see cref="IBus"/> keeps.</summary>
public abstract class BusContract
{
    protected abstract IBus Bus { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_every_listener_of_its_topic()
    {
        await using var one = await Bus.SubscribeAsync("asset.changed", Ct);
        await using var two = await Bus.SubscribeAsync("asset.changed", Ct);
        await Bus.PublishAsync("asset.changed", "a1", Ct);
        await Bus.PublishAsync("asset.changed", "a2", Ct);
        Assert.Equal(["a1", "a2"], await TakeAsync(one, 2));
        Assert.Equal(["a1", "a2"], await TakeAsync(two, 2));
    }

    [Fact]
    public async Task Topics_do_not_mix()
    {
        await using var other = await Bus.SubscribeAsync("other", Ct);
        await Bus.PublishAsync("asset.changed", "a1", Ct);
        await Bus.PublishAsync("other", "o1", Ct);
        Assert.Equal(["o1"], await TakeAsync(other, 1));
    }

    [Fact]
    public async Task Publishing_without_listeners_is_no_error() => await Bus.PublishAsync("nobody", "hears", Ct);

    [Fact]
    public async Task A_listener_that_never_reads_holds_nobody_up_and_keeps_the_newest()
    {
        await using var slow = await Bus.SubscribeAsync("t", Ct);
        await using var quick = await Bus.SubscribeAsync("t", Ct);
        for (var i = 0; i < 5000; i++) await Bus.PublishAsync("t", $"{i}", Ct);
        await foreach (var message in slow.ReadAllAsync(Ct))
        {
            if (message == "4999") break;
        }

        Assert.NotEmpty(await TakeAsync(quick, 1));
    }

    [Fact]
    public async Task A_disposed_subscription_ends_and_hears_no_more()
    {
        var subscription = await Bus.SubscribeAsync("t", Ct);
        await using var other = await Bus.SubscribeAsync("t", Ct);
        await subscription.DisposeAsync();
        await Bus.PublishAsync("t", "late", Ct);
        Assert.Empty(await TakeAsync(subscription, 1));
        Assert.Equal(["late"], await TakeAsync(other, 1));
        await subscription.DisposeAsync();
    }

    [Fact]
    public async Task Reading_stops_when_cancelled()
    {
        await using var subscription = await Bus.SubscribeAsync("t", Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var reading = TakeAsync(subscription, 1, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task<List<string>> TakeAsync(IBusSubscription subscription, int count, CancellationToken? stop = null)
    {
        var messages = new List<string>();
        await foreach (var message in subscription.ReadAllAsync(stop ?? Ct))
        {
            messages.Add(message);
            if (messages.Count == count) break;
        }

        return messages;
    }
}

public sealed class InProcessBusTests : BusContract
{
    protected override IBus Bus { get; } = new InProcessBus();
}
