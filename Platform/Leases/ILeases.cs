namespace FlickStream.Platform.Leases;

/// <summary>Short-lived places in a group of limited size (the streams of a viewer). Lost on a restart of the engine, which is
/// harmless: holders renew.</summary>
public interface ILeases
{
    /// <summary>Takes or renews <paramref name="holder"/>'s place in <paramref name="group"/>; false when
    /// <paramref name="limit"/> others hold theirs, which ends a place of its own (the limit was lowered). Of any number of parallel callers exactly <paramref name="limit"/> win.</summary>
    ValueTask<bool> AcquireAsync(
        string group, string holder, int limit, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Gives the place up at once; no error when it was not held.</summary>
    ValueTask ReleaseAsync(string group, string holder, CancellationToken cancellationToken = default);

    /// <summary>How many places are held now.</summary>
    ValueTask<int> CountAsync(string group, CancellationToken cancellationToken = default);

    /// <summary>Who holds a place now, in no order.</summary>
    ValueTask<IReadOnlyList<string>> HoldersAsync(string group, CancellationToken cancellationToken = default);
}
