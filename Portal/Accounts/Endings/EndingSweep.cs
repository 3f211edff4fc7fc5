using Quartz;

namespace FlickStream.Portal.Accounts.Endings;

/// <summary>Ends what was to be ended and is not: after a kill, while the origin was away, or begun by a process that knew a session for seconds more. Every node may
/// run it, and twice.</summary>
[DisallowConcurrentExecution]
internal sealed class EndingSweep(AccountStore accounts, AccountEndings endings, TimeProvider time, ILogger<EndingSweep> log) : IJob
{
    // Whoever changed the account is at it.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    // After so many that it does not end in a row the origin is taken for away, which makes wait; sessions of the others must not.
    private const int MostRefused = 3;

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(SweepAsync(cancellationToken));

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var refused = 0;
        await foreach (var account in accounts.EndingAsync(time.GetUtcNow() - AtOnce, cancellationToken))
        {
            try
            {
                var isSettled = await endings.SettleAsync(account.Value, asksOrigin: refused < MostRefused, cancellationToken);
                if (account.Value.Ending is { HasStreams: true }) refused = isSettled ? 0 : refused + 1;
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                log.LogError(fault, "What is to be ended of account {Account} could not be.", account.Id);
            }
        }
    }
}
