using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.Sessions;
using FlickStream.Portal.Accounts.Tokens;

namespace FlickStream.Portal.Accounts;

internal sealed class AccountData(AccountStore accounts) : IPersonalData
{
    public string Section => "account";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken) =>
        await accounts.GetAsync(accountId, cancellationToken) is { } account
            ? AccountDetails.Of(account) : new object();

    /// <summary>The account itself goes last, when all slices are done (<see cref="AccountSweep"/>).</summary>
    public Task DeleteAsync(string accountId, CancellationToken cancellationToken) => Task.CompletedTask;
}

internal sealed class SessionData(SessionStore sessions, AccountTokens tokens) : IPersonalData
{
    public string Section => "sessions";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken) =>
        (await sessions.ListAsync(accountId, cancellationToken)).Select(session => SessionAnswer.Of(session, null)).ToList();

    public async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        await tokens.EndAllAsync(accountId, cancellationToken);
        await sessions.EndAllAsync(accountId, null, cancellationToken);
    }
}
