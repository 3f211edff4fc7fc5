using System.Threading.Channels;
using FlickStream.Platform.Bus;

namespace FlickStream.Portal.Notifications.Events;

/// <summary>Wakes the event streams of this process: one listener of the bus for all of them, however many there are.</summary>
internal sealed class NotificationBell(IBus bus) : BackgroundService
{
    private readonly Dictionary<string, HashSet<Listener>> _byBox = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byAccount = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Listens until it is disposed; null where the account listens often enough.</summary>
    public Listener? Listen(string accountId, IReadOnlyList<string> boxes, int most)
    {
        var listener = new Listener(this, accountId, boxes);
        lock (_lock)
        {
            var count = _byAccount.GetValueOrDefault(accountId);
            if (count >= most) return null;
            _byAccount[accountId] = count + 1;
            foreach (var box in boxes)
            {
                if (!_byBox.TryGetValue(box, out var listeners)) _byBox[box] = listeners = [];
                listeners.Add(listener);
            }
        }

        return listener;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var rings = await bus.SubscribeAsync(NotificationStore.Topic, stoppingToken);
        await foreach (var box in rings.ReadAllAsync(stoppingToken))
        {
            lock (_lock)
                foreach (var listener in _byBox.GetValueOrDefault(box) ?? []) listener.Ring();
        }
    }

    private void Leave(Listener listener, string accountId, IReadOnlyList<string> boxes)
    {
        lock (_lock)
        {
            if (--_byAccount[accountId] == 0) _byAccount.Remove(accountId);
            foreach (var box in boxes)
                if (_byBox.TryGetValue(box, out var listeners) && listeners.Remove(listener) && listeners.Count == 0) _byBox.Remove(box);
        }
    }

    internal sealed class Listener(NotificationBell bell, string accountId, IReadOnlyList<string> boxes) : IDisposable
    {
        // Several rings before it looks are one.
        private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public void Ring() => _rings.Writer.TryWrite(true);

        public async Task WaitAsync(CancellationToken cancellationToken) => await _rings.Reader.ReadAsync(cancellationToken);

        public void Dispose() => bell.Leave(this, accountId, boxes);
    }
}
