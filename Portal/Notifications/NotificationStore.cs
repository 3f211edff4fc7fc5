using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Notifications;

internal sealed class NotificationStore(IDocuments documents, IBus bus, TimeProvider time)
{
    /// <summary>The message is the box of which something changed.</summary>
    public const string Topic = "notification.changed";

    private readonly IDocumentSet<Notification> _notifications = documents.Set(Notification.Schema);

    public async Task<Notification?> GetAsync(string id, CancellationToken cancellationToken) => (await _notifications.GetAsync(id, cancellationToken))?.Value;

    /// <summary>False when it was told before.</summary>
    public async Task<bool> AddAsync(Notification notification, CancellationToken cancellationToken)
    {
        if (await _notifications.InsertAsync(notification.Id, notification, cancellationToken) is null) return false;
        if (notification.IsShown) await RingAsync(notification);
        return true;
    }

    /// <summary>As it then is; null where there is none.</summary>
    /// <param name="id">Of it.</param>
    /// <param name="change">Pure; null leaves it as it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Notification?> ChangeAsync(string id, Func<Notification, Notification?> change, CancellationToken cancellationToken)
    {
        var isSeen = false;
        var changed = await _notifications.UpdateAsync(id, Noted, cancellationToken);
        if (changed is not null && isSeen) await RingAsync(changed.Value);
        return changed?.Value;

        Notification? Noted(Notification known)
        {
            var next = change(known);
            isSeen = next is not null && (next.IsShown, next.ReadAt, next.About) != (known.IsShown, known.ReadAt, known.About);
            return next;
        }
    }

    /// <summary>The latest first.</summary>
    public Task<DocumentPage<Notification>> ListAsync(
        IReadOnlyList<string> boxes, bool isUnreadOnly, int limit, string? after, CancellationToken cancellationToken) => _notifications.QueryAsync(
        new()
        {
            Filters = [DocumentFilter.In(isUnreadOnly ? "unread" : "box", boxes)], Sort = [new("created", Descending: true)], Limit = limit, After = after,
        },
        cancellationToken);

    /// <summary>The latest from a moment on, the oldest of them first.</summary>
    public async Task<IReadOnlyList<Notification>> SinceAsync(IReadOnlyList<string> boxes, DateTimeOffset from, int most, CancellationToken cancellationToken)
    {
        if (boxes.Count == 0) return [];
        var latest = new DocumentQuery
        {
            Filters = [DocumentFilter.In("box", boxes), DocumentFilter.AtLeast("created", from)], Sort = [new("created", Descending: true)], Limit = most,
        };
        return [.. (await _notifications.QueryAsync(latest, cancellationToken)).Items.Select(stored => stored.Value).Reverse()];
    }

    /// <summary>How much an account and its profiles were told from a moment on.</summary>
    public Task<long> CountAsync(string accountId, DateTimeOffset from, CancellationToken cancellationToken) =>
        _notifications.CountAsync([DocumentFilter.Equal("account", accountId), DocumentFilter.AtLeast("created", from)], cancellationToken);

    /// <summary>Marks as read what came until a moment.</summary>
    public async Task ReadAllAsync(IReadOnlyList<string> boxes, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var unread = new DocumentQuery
        {
            Filters = [DocumentFilter.In("unread", boxes), DocumentFilter.AtMost("created", until)], Sort = [new("created")], Limit = 500,
        };
        await foreach (var one in _notifications.QueryAllAsync(unread, cancellationToken))
            await _notifications.UpdateAsync(one.Id, known => known.ReadAt is null && known.CreatedAt <= until ? known with { ReadAt = now } : null, cancellationToken);
        foreach (var box in boxes) await bus.PublishAsync(Topic, box, CancellationToken.None);
    }

    public IAsyncEnumerable<Stored<Notification>> DueAsync(string field, DateTimeOffset until, CancellationToken cancellationToken) =>
        _notifications.QueryAllAsync(new() { Filters = [DocumentFilter.AtMost(field, until)], Sort = [new(field)], Limit = 500 }, cancellationToken);

    /// <summary>Those of one digest, the oldest first.</summary>
    public async Task<IReadOnlyList<Notification>> DigestAsync(string accountId, DateTimeOffset at, CancellationToken cancellationToken) =>
        await _notifications.QueryAllAsync(
            new() { Filters = [DocumentFilter.Equal("account", accountId), DocumentFilter.Equal("digest", at)], Limit = 500 }, cancellationToken)
            .Select(stored => stored.Value).OrderBy(one => one.CreatedAt).ToListAsync(cancellationToken);

    public IAsyncEnumerable<Stored<Notification>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        _notifications.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)], Limit = 500 }, cancellationToken);

    public Task DeleteAllAsync(DocumentFilter which, CancellationToken cancellationToken) =>
        _notifications.DeleteAllAsync(new() { Filters = [which], Sort = [new(which.Field)], Limit = 500 }, cancellationToken);

    private ValueTask RingAsync(Notification notification) => bus.PublishAsync(Topic, notification.Box, CancellationToken.None);
}
