using System.Globalization;

namespace FlickStream.Portal.Notifications.Events;

/// <summary>What one event stream has not sent yet.</summary>
internal sealed class Unsent
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly (DateTimeOffset At, string Id)? _lastSeen;
    private bool _isFirst = true;

    /// <param name="began">What is older when a page first comes, it has from the list.</param>
    /// <param name="lastSeen">The last that it was sent before it was cut off.</param>
    public Unsent(DateTimeOffset began, (DateTimeOffset At, string Id)? lastSeen) => (_lastSeen, From) = (lastSeen, lastSeen?.At ?? began);

    /// <summary>The newest that is known.</summary>
    public DateTimeOffset From { get; private set; }

    /// <param name="found">All since a while before <see cref="From"/>.</param>
    public IReadOnlyList<Notification> Fresh(IReadOnlyList<Notification> found)
    {
        var fresh = found.Where(one => !_known.Contains(one.Id) && (!_isFirst || IsMissed(one))).ToList();
        _isFirst = false;
        _known.Clear();
        foreach (var one in found)
        {
            _known.Add(one.Id);
            if (one.CreatedAt > From) From = one.CreatedAt;
        }

        return fresh;
    }

    public static string EventIdOf(Notification one) => string.Create(CultureInfo.InvariantCulture, $"{one.CreatedAt.ToUnixTimeMilliseconds()}.{one.Id}");

    public static (DateTimeOffset At, string Id)? TryParse(string? eventId) =>
        eventId?.Split('.') is [var at, { Length: > 0 } id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds < 253_402_300_800_000 ? (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), id) : null;

    private bool IsMissed(Notification one) => _lastSeen is { } seen && one.Id != seen.Id && one.CreatedAt >= seen.At;
}
