using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Owner;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Users;

/// <param name="Reason">1..500 characters, which the person is told.</param>
internal sealed record SuspendUserRequest([property: Required] string? Reason);

/// <summary>Shuts somebody out at once: no session, no stream, and no charge for what they cannot watch. Asked once more it sees to what was left undone.</summary>
internal static class SuspendUser
{
    private const int MostCharacters = 500;

    public static async Task<Results<Ok<AccountDetails>, ProblemHttpResult>> HandleAsync(
        string id, SuspendUserRequest request, AccountStore accounts, AccountEndings endings, OwnerDesk subscriptions,
        AccountLetters letters, AuditLog audit, TimeProvider time, HttpContext http)
    {
        if (request.Reason?.Trim() is not { Length: >= 1 and <= MostCharacters } reason || reason.Any(c => char.IsControl(c) && c != '\n'))
            return UserProblems.ReasonInvalid.ToResult();
        if (Caller.NameOf(http) == $"account:{id}") return UserProblems.OwnAccount.ToResult();
        if (await accounts.GetAsync(id, http.RequestAborted) is null) return UserProblems.NotFound.ToResult();
        await audit.AddAsync(http, "account_suspended", $"account:{id}", reason);
        var suspended = await accounts.ChangeAsync(id, Suspended, CancellationToken.None);
        if (suspended is null) return UserProblems.NotFound.ToResult();
        await endings.SettleAsync(suspended);
        await subscriptions.MoveAsync(id, now => OwnerMoves.Suspend(now, time.GetUtcNow()));
        await letters.SendSuspendedAsync(suspended, reason, CancellationToken.None);
        return TypedResults.Ok(AccountDetails.Of(suspended));

        Account Suspended(Account account) =>
            (account with { Suspension = new(account.Suspension?.At ?? time.GetUtcNow(), reason) }).Ends(time.GetUtcNow(), hasStreams: true);
    }
}
