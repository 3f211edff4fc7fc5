using Quartz;

namespace FlickStream.Portal.Subscriptions.Ledger;

/// <summary>Counts ledger entries into the sums of their months, and checks those. Every node may run it, and twice.</summary>
[DisallowConcurrentExecution]
internal sealed class LedgerSweep(LedgerBalances balances, LedgerCheck check) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await balances.CountAsync(cancellationToken);
        await check.CheckAsync(cancellationToken);
    }
}
