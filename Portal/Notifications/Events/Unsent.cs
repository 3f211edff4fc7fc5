using System.Globalization;

namespace FlickStream.Portal.Notifications.Events;

/// <summary>What one event stream has not sent yet.</summary>
/// <param name="began">What is older when a page first comes, it has from the list.</param>
/// <param name="resumed">Until when a page that comes back was sent all; null for one that first comes.</param>
internal sealed class Unsent(DateTimeOffset began, DateTimeOffset? resumed)
{
    // One that was added to is another.
    private readonly HashSet<(string Id, DateTimeOffset At)> _known = [];
    private bool _isFirst = resumed is null;
    private DateTimeOffset _sent = resumed ?? began;

    /// <summary>The newest that is known.</summary>
    public DateTimeOffset From { get; private set; } = resumed ?? began;

    /// <summary>With this a page comes back for what it was not sent.</summary>
    public string EventId => _sent.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <param name="found">All since a while before <see cref="From"/>, the oldest first. Of a page that comes back all of these are sent: one may have
    /// been written late.</param>
    public IReadOnlyList<Notification> Fresh(IReadOnlyList<Notification> found)
    {
        var fresh = _isFirst ? [] : found.Where(one => !_known.Contains((one.Id, one.CreatedAt))).ToList();
        _isFirst = false;
        _known.Clear();
        foreach (var one in found)
        {
            _known.Add((one.Id, one.CreatedAt));
            if (one.CreatedAt > From) From = one.CreatedAt;
        }

        return fresh;
    }

    /// <summary>This one is sent, and all before it.</summary>
    public void Send(Notification one) => _sent = one.CreatedAt > _sent ? one.CreatedAt : _sent;

    /// <summary>Null where it is no <see cref="EventId"/>.</summary>
    public static DateTimeOffset? TryParse(string? eventId) =>
        // What follows a dot is of streams of an older portal.
        long.TryParse(eventId?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
