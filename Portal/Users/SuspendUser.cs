using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Owner;
using FlickStream.Portal.Watching.Streams;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Users;

/// <param name="Reason">1..500 characters, which the person is told.</param>
internal sealed record SuspendUserRequest([property: Required] string? Reason);

/// <summary>Shuts somebody out at once: no session, no stream, and no charge for what they cannot watch. Asked once more it sees to what was left undone.</summary>
internal static class SuspendUser
{
    private const int MostCharacters = 500;

    public static async Task<Results<Ok<AccountDetails>, ProblemHttpResult>> HandleAsync(
        string id, SuspendUserRequest request, AccountStore accounts, SessionStore sessions, AccountStreams streams, OwnerDesk subscriptions,
        AccountLetters letters, AuditLog audit, TimeProvider time, HttpContext http)
    {
        if (request.Reason?.Trim() is not { Length: >= 1 and <= MostCharacters } reason || reason.Any(c => char.IsControl(c) && c != '\n'))
            return UserProblems.ReasonInvalid.ToResult();
        if (Caller.NameOf(http) == $"account:{id}") return UserProblems.OwnAccount.ToResult();
        if (await accounts.GetAsync(id, http.RequestAborted) is null) return UserProblems.NotFound.ToResult();
        await audit.AddAsync(http, "account_suspended", $"account:{id}", reason);
        var suspended = await accounts.ChangeAsync(id, Suspended, CancellationToken.None);
        if (suspended is null) return UserProblems.NotFound.ToResult();
        await sessions.EndAllAsync(id, null, CancellationToken.None);
        await streams.EndAllAsync(id, null, CancellationToken.None);
        await subscriptions.MoveAsync(id, now => OwnerMoves.Suspend(now, time.GetUtcNow()));
        await letters.SendSuspendedAsync(suspended, reason, CancellationToken.None);
        return TypedResults.Ok(AccountDetails.Of(suspended));

        Account Suspended(Account account) => account with { Suspension = new(account.Suspension?.At ?? time.GetUtcNow(), reason) };
    }
}
