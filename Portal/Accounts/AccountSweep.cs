using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.Tokens;
using Quartz;

namespace FlickStream.Portal.Accounts;

/// <summary>Removes the accounts whose time has come, with everything of theirs, and what has expired. Every node may run it, and twice.</summary>
[DisallowConcurrentExecution]
internal sealed class AccountSweep(
    AccountStore accounts, IEnumerable<IPersonalData> slices, SessionStore sessions, AccountTokens tokens, TimeProvider time, ILogger<AccountSweep> log)
    : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(SweepAsync(cancellationToken));

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await foreach (var account in accounts.DueAsync(time.GetUtcNow(), cancellationToken))
        {
            try
            {
                if (!await accounts.BeginRemovalAsync(account, cancellationToken)) continue;
                foreach (var slice in slices) await slice.DeleteAsync(account.Id, cancellationToken);
                await accounts.RemoveAsync(account.Id, cancellationToken);
                log.LogInformation("Account {Account} was deleted", account.Id);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // One account that cannot be removed now must not keep the others here; the next sweep tries again.
                log.LogError(fault, "Account {Account} could not be deleted.", account.Id);
            }
        }

        await sessions.SweepAsync(cancellationToken);
        await tokens.SweepAsync(cancellationToken);
    }
}
