namespace FlickStream.Platform.Leases;

/// <summary>The only place of a group, renewed until it is disposed: for work that several processes would else do at the same time, and
/// that goes wrong in no case. While leases cannot be counted, each process counts alone, or everybody gets the place. When the holder dies,
/// the place falls free after the lease's duration.</summary>
public sealed class HeldLease : IAsyncDisposable
{
    private readonly ILeases _leases;
    private readonly string _group;
    private readonly string _holder = Guid.NewGuid().ToString("N");
    private readonly TimeSpan _duration;
    private readonly CancellationTokenSource _ended = new();
    private Task _keeping = Task.CompletedTask;

    private HeldLease(ILeases leases, string group, TimeSpan duration) => (_leases, _group, _duration) = (leases, group, duration);

    /// <summary>Null when another holds it.</summary>
    /// <param name="leases">Of all processes.</param>
    /// <param name="group">What is held, such as <c>inspect:{id}</c>.</param>
    /// <param name="duration">How long it outlives its holder; renewed three times as often.</param>
    /// <param name="time">Of renewals.</param>
    /// <param name="isAlive">Whether the place shall still be renewed; none: always.</param>
    /// <param name="cancellationToken">Gives up asking.</param>
    public static async Task<HeldLease?> TryTakeAsync(
        ILeases leases, string group, TimeSpan duration, TimeProvider time, Func<bool>? isAlive = null, CancellationToken cancellationToken = default)
    {
        var lease = new HeldLease(leases, group, duration);
        if (!await lease.AskAsync(cancellationToken)) return null;
        lease._keeping = lease.KeepAsync(time, isAlive ?? (() => true));
        return lease;
    }

    /// <summary>Renews it at once; false when another holds it by now, as while this process stood still: to be asked before what only the holder may do.</summary>
    public Task<bool> RenewAsync(CancellationToken cancellationToken = default) => AskAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _keeping;
        await _leases.ReleaseAsync(_group, _holder);
        _ended.Dispose();
    }

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _leases.AcquireAsync(_group, _holder, limit: 1, _duration, cancellationToken);
        }
        catch (LimitsUnavailableException)
        {
            return true;
        }
    }

    private async Task KeepAsync(TimeProvider time, Func<bool> isAlive)
    {
        using var timer = new PeriodicTimer(_duration / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (isAlive()) await AskAsync(_ended.Token);
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // It is given up.
        }
    }
}
