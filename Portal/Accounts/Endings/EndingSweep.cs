using Quartz;

namespace FlickStream.Portal.Accounts.Endings;

/// <summary>Ends what was to be ended and is not: after a kill, while the origin was away, or begun by a process that knew a session for seconds more. Every node may
/// run it, and twice.</summary>
[DisallowConcurrentExecution]
internal sealed class EndingSweep(AccountStore accounts, AccountEndings endings, TimeProvider time, ILogger<EndingSweep> log) : IJob
{
    // Whoever changed the account is at it.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(SweepAsync(cancellationToken));

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        // An origin that is away makes wait; sessions of the others must not.
        var asksOrigin = true;
        await foreach (var account in accounts.EndingAsync(time.GetUtcNow() - AtOnce, cancellationToken))
        {
            try
            {
                asksOrigin = await endings.SettleAsync(account.Value, asksOrigin, cancellationToken) && asksOrigin;
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                log.LogError(fault, "What is to be ended of account {Account} could not be.", account.Id);
            }
        }
    }
}
