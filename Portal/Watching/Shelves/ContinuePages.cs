using System.Collections.Concurrent;
using FlickStream.Platform.Bus;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Watching.Playing;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>
/// First pages of what profiles go on with, as bytes: they are asked for far more often than something is watched. What this process writes lets them go
/// at once, what others write when the bus tells of it, and where a message is lost after <see cref="Life"/>.
/// </summary>
internal sealed class ContinuePages(IBus bus, TimeProvider time) : BackgroundService
{
    /// <summary>The message is the sender, a slash, and the id of a profile whose shelf was written to, or nothing for that of any.</summary>
    public const string Topic = "shelf.changed";

    public static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    // Of 15 kB each.
    private const int Most = 5000;

    private readonly string _sender = Guid.NewGuid().ToString("n");
    private readonly ConcurrentDictionary<string, Kept> _pages = new(StringComparer.Ordinal);

    public CachedPage? Find(Watcher watcher, int limit) =>
        _pages.GetValueOrDefault(watcher.Profile.Id) is { Page: { } page } kept && kept.IsFor(watcher, limit) && time.GetUtcNow() - kept.At < Life ? page : null;

    /// <summary>To be called before the shelf is read: what is written from then on keeps the page from being kept.</summary>
    public Kept Begin(Watcher watcher, int limit)
    {
        if (_pages.Count >= Most) _pages.Clear();
        return _pages[watcher.Profile.Id] = new Kept(watcher, limit, time.GetUtcNow(), null);
    }

    public void Keep(Kept begun, CachedPage page) => _pages.TryUpdate(begun.ProfileId, begun.With(page), begun);

    /// <summary>To be called after a profile's shelf was written to.</summary>
    public ValueTask DropAsync(string profileId)
    {
        Drop(profileId);
        return bus.PublishAsync(Topic, $"{_sender}/{profileId}", CancellationToken.None);
    }

    /// <summary>To be called after the shelves of several profiles were.</summary>
    public ValueTask DropAllAsync() => DropAsync("");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var bell = await bus.SubscribeAsync(Topic, stoppingToken);
        await foreach (var message in bell.ReadAllAsync(stoppingToken))
            if (message.IndexOf('/', StringComparison.Ordinal) is > 0 and var end && message[..end] != _sender) Drop(message[(end + 1)..]);
    }

    private void Drop(string profileId)
    {
        if (profileId.Length == 0) _pages.Clear();
        else _pages.TryRemove(profileId, out _);
    }

    /// <summary>By identity: one that was begun is no other's.</summary>
    internal sealed class Kept(Watcher watcher, int limit, DateTimeOffset at, CachedPage? page)
    {
        public string ProfileId => watcher.Profile.Id;

        public DateTimeOffset At => at;

        public CachedPage? Page => page;

        public Kept With(CachedPage made) => new(watcher, limit, at, made);

        public bool IsFor(Watcher other, int size) =>
            size == limit && other.View == watcher.View && other.Language == watcher.Language && other.Viewing.MaximumAge == watcher.Viewing.MaximumAge;
    }
}
