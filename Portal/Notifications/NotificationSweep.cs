using FlickStream.Platform.Documents;
using FlickStream.Portal.Notifications.Letters;
using Microsoft.Extensions.Options;
using Quartz;

namespace FlickStream.Portal.Notifications;

/// <summary>Posts letters that were not, and digests whose time has come, however long ago; forgets what is old. Every node may run it, and twice.</summary>
[DisallowConcurrentExecution]
internal sealed class NotificationSweep(
    NotificationStore notifications, NotificationLetters letters, IOptions<NotificationOptions> options, TimeProvider time, ILogger<NotificationSweep> log) : IJob
{
    // For so long whoever told it may still be about to post it; and what was told just before a digest's time is written by then.
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(2);

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(SweepAsync(cancellationToken));

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Lag;
        await foreach (var (id, _, due) in notifications.DueAsync("mail", before, cancellationToken))
            await GuardAsync(id, () => letters.PostAsync(due, cancellationToken), cancellationToken);

        var done = new HashSet<(string Account, DateTimeOffset At)>();
        await foreach (var (id, _, due) in notifications.DueAsync("digest", before, cancellationToken))
            if (done.Add((due.AccountId, due.DigestAt!.Value)))
                await GuardAsync(id, () => letters.PostDigestAsync(due.AccountId, due.DigestAt.Value, cancellationToken), cancellationToken);

        await notifications.DeleteAllAsync(DocumentFilter.AtMost("created", time.GetUtcNow() - options.Value.Memory), cancellationToken);
    }

    private async Task GuardAsync(string id, Func<Task> post, CancellationToken cancellationToken)
    {
        try
        {
            await post();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // One that cannot be posted now must not keep the others; the next sweep tries again.
            log.LogError(fault, "What notification {Notification} is posted with could not be posted.", id);
        }
    }
}
