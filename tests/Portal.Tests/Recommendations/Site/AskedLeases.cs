using FlickStream.Platform.Leases;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <param name="isGiven">Whether the place is given, by how often it was asked for, this time included.</param>
internal sealed class AskedLeases(Func<int, Task<bool>> isGiven) : ILeases
{
    private int _asked;

    public async ValueTask<bool> AcquireAsync(string group, string holder, int limit, TimeSpan duration, CancellationToken cancellationToken = default) =>
        await isGiven(Interlocked.Increment(ref _asked));

    public ValueTask ReleaseAsync(string group, string holder, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask<int> CountAsync(string group, CancellationToken cancellationToken = default) => ValueTask.FromResult(0);

    public ValueTask<IReadOnlyList<string>> HoldersAsync(string group, CancellationToken cancellationToken = default) => ValueTask.FromResult<IReadOnlyList<string>>([]);
}
