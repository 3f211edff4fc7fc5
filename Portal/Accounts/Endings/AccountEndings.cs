using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.Tokens;

namespace FlickStream.Portal.Accounts.Endings;

/// <summary>Ends what a change of an account ends, of which the account itself keeps that it is yet to be done. Each part may be broken off anywhere and begun
/// anew, here or at another node.</summary>
internal sealed class AccountEndings(
    AccountStore accounts, SessionStore sessions, AccountTokens tokens, IStreamEnd streams, TimeProvider time, ILogger<AccountEndings> log)
{
    /// <summary>So long after a session was ended another process may know it still, and write what it began with it, by a clock that goes a little otherwise.</summary>
    public static readonly TimeSpan Afterwards = ApiKeys.RevocationDelay + TimeSpan.FromMinutes(1);

    /// <summary>At once, as far as it can be; the rest is <see cref="EndingSweep"/>'s.</summary>
    /// <param name="changed">The account as the change made it.</param>
    public Task SettleAsync(Account changed) => SettleAsync(changed, asksOrigin: true, CancellationToken.None);

    /// <summary>Ends what plays now, once, for an account whose person may sign in again at once: what is ended again and again would take the new sessions too.
    /// Where the origin is away it plays on as long as its grants hold.</summary>
    public Task EndStreamsAsync(string accountId) => AreStreamsEndedAsync(accountId, CancellationToken.None);

    /// <returns>False where the streams of the account could not be ended.</returns>
    public async Task<bool> SettleAsync(Account account, bool asksOrigin, CancellationToken cancellationToken)
    {
        if (account.Ending is not { } ending) return true;
        var begun = time.GetUtcNow();
        await tokens.EndAllAsync(account.Id, cancellationToken);
        await sessions.EndAllAsync(account.Id, ending.But, cancellationToken);
        if (ending.HasStreams && !(asksOrigin && await AreStreamsEndedAsync(account.Id, cancellationToken))) return false;
        if (ending.HasStreams && begun < ending.At + Afterwards) return true;
        await accounts.ChangeAsync(account.Id, now => now.Ending == ending ? now with { Ending = null } : null, cancellationToken);
        return true;
    }

    private async Task<bool> AreStreamsEndedAsync(string accountId, CancellationToken cancellationToken)
    {
        try
        {
            if (await streams.EndAllAsync(accountId, cancellationToken) is not { } refusal) return true;
            log.LogWarning("What account {Account} plays could not be ended: {Code}", accountId, refusal.Code);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // The change which ends them is made, and need not fail for it; where it must be done, it is kept that it is yet to be.
            log.LogWarning(fault, "What account {Account} plays could not be ended", accountId);
        }

        return false;
    }
}
