using FlickStream.Platform.Documents;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Shelves;
using Microsoft.Extensions.Options;
using Quartz;

namespace FlickStream.Portal.Watching;

/// <summary>Ends what players left without a word, and forgets what was played long ago. Every node may run it, and twice.</summary>
[DisallowConcurrentExecution]
internal sealed class WatchingSweep(PlayStore plays, ShelfStore shelves, IOptions<WatchingOptions> options, TimeProvider time) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(SweepAsync(cancellationToken));

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await foreach (var silent in plays.SilentAsync(now - options.Value.SilentAfter, cancellationToken))
            await shelves.EndAsync(silent.Value, cancellationToken);

        await plays.DeleteAsync(
            new() { Filters = [DocumentFilter.AtMost("started", now - options.Value.PlayMemory)], Sort = [new("started")], Limit = 500 }, cancellationToken);
    }
}
