using FlickStream.Portal.Reviews.Marks;
using Quartz;

namespace FlickStream.Portal.Reviews;

/// <summary>Ends what a process began that was killed: counts what is not counted, and takes out what is marked so. Every node may run it, and
/// twice.</summary>
[DisallowConcurrentExecution]
internal sealed class ReviewSweep(ReviewStore reviews, ReviewRemoval removal, MarkStore marks, TimeProvider time) : IJob
{
    // What is being written in this moment is not left behind.
    private static readonly TimeSpan Underway = TimeSpan.FromMinutes(1);

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(SweepAsync(cancellationToken));

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Underway;
        await marks.FinishAsync(before, cancellationToken);
        await foreach (var (_, _, review) in reviews.UnfinishedAsync(before, cancellationToken))
        {
            await removal.FinishAsync(review, cancellationToken);
            await reviews.FinishAsync(review, cancellationToken);
        }
    }
}
