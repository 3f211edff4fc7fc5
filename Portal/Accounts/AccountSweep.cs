using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.Endings;
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
        var now = time.GetUtcNow();
        await foreach (var account in accounts.DueAsync(now, cancellationToken))
        {
            try
            {
                if (await accounts.BeginRemovalAsync(account, now, cancellationToken) is not { } leaving) continue;
                foreach (var slice in slices) await slice.DeleteAsync(account.Id, cancellationToken);
                // What is written or begun meanwhile by a process that knows a session for seconds more, a later sweep finds by the account.
                if (leaving.RemovalBeganAt > now - AccountEndings.Afterwards) continue;
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
