using System.Runtime.CompilerServices;
using FlickStream.Platform.Bus;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Bus;

public sealed class BusRoundsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_round_is_for_all_rings_that_came_before_it()
    {
        var (bus, heard) = (new RungBus(20), new List<int>());
        await bus.RunAsync("t", TimeSpan.FromMinutes(1), new FakeTimeProvider(), RoundAsync, fault => throw fault, Ct);
        Assert.Equal([0, 20], heard);

        Task RoundAsync(CancellationToken stopping)
        {
            heard.Add(bus.Heard);
            bus.GoOn();
            return Task.CompletedTask;
        }
    }

    /// <summary>So many rings at once when the first round is under way, and the end when the second is.</summary>
    private sealed class RungBus(int rings) : IBus, IBusSubscription
    {
        private readonly SemaphoreSlim _turn = new(0);

        public int Heard { get; private set; }

        public void GoOn() => _turn.Release();

        public ValueTask PublishAsync(string topic, string message, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IBusSubscription> SubscribeAsync(string topic, CancellationToken cancellationToken) => ValueTask.FromResult<IBusSubscription>(this);

        public async IAsyncEnumerable<string> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await _turn.WaitAsync(cancellationToken);
            while (Heard < rings)
            {
                Heard++;
                yield return "ring";
            }

            await _turn.WaitAsync(cancellationToken);
        }

        public ValueTask DisposeAsync()
        {
            _turn.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
