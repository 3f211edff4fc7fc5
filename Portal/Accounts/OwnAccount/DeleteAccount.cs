using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.Endings;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.OwnAccount;

/// <param name="DeletionAt">Until then its owner may sign in and keep it.</param>
internal sealed record DeletionAnswer(DateTimeOffset DeletionAt);

/// <summary>Marks the account; <see cref="AccountSweep"/> removes it when the time has come.</summary>
internal static class DeleteAccount
{
    public static async Task<Results<Ok<DeletionAnswer>, ProblemHttpResult>> HandleAsync(
        AccountStore accounts, AccountEndings endings, AccountLetters letters, IOptions<AccountOptions> options, TimeProvider time, HttpContext http)
    {
        var session = CallerSession.Of(http);
        var at = time.GetUtcNow() + options.Value.DeletionGrace;
        var changed = await accounts.ChangeAsync(
            session.AccountId, account => (account with { DeletionAt = account.DeletionAt ?? at }).Ends(time.GetUtcNow()), CancellationToken.None);
        if (changed is not { DeletionAt: { } deletion }) return AccountProblems.SessionNotFound.ToResult();
        await endings.SettleAsync(changed);
        SessionCookie.Take(http.Response);
        await letters.SendDeletionAsync(changed, deletion, CancellationToken.None);
        return TypedResults.Ok(new DeletionAnswer(deletion));
    }
}
