namespace FlickStream.Platform.RateLimits;

/// <summary>How often something may be done, by whom the key names: a budget of permits that is full at first and fills again evenly
/// (GCRA). Nothing is kept of a budget that is full.</summary>
public interface IRateLimits
{
    /// <summary>Takes a permit.</summary>
    /// <returns>Zero when it was taken; else nothing was taken, and this is how long until the next is there.</returns>
    /// <exception cref="Leases.LimitsUnavailableException">The engine is away, and the options do not allow to go on without it.</exception>
    ValueTask<TimeSpan> TakeAsync(string key, RateLimit limit, CancellationToken cancellationToken = default);

    /// <summary>Gives back a permit that was taken under the same limit. A budget that is full again by then stays as it is. While the engine is away it comes back
    /// by itself, as all do.</summary>
    ValueTask GiveBackAsync(string key, RateLimit limit, CancellationToken cancellationToken = default);
}

/// <param name="Permits">The budget, at least 1: so many may be taken at once.</param>
/// <param name="Window">The time in which an empty budget becomes full, at least a microsecond a permit.</param>
public readonly record struct RateLimit(int Permits, TimeSpan Window)
{
    public static RateLimit PerMinute(int permits) => new(permits, TimeSpan.FromMinutes(1));

    /// <summary>Microseconds in which one permit comes back.</summary>
    internal long Interval => Math.Max(1, Window.Ticks / TimeSpan.TicksPerMicrosecond / Permits);

    /// <summary>Microseconds in which the whole budget comes back.</summary>
    internal long Depth => Interval * Permits;
}
