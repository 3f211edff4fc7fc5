using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passkeys;

/// <summary>Sessions that it opened stay; their owner sees and ends them.</summary>
internal static class RemovePasskey
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, AccountStore accounts, PasskeyStore passkeys, PasskeyLetters letters, HttpContext http)
    {
        if (await accounts.GetAsync(CallerSession.Of(http).AccountId, http.RequestAborted) is not { } account) return AccountProblems.SessionNotFound.ToResult();
        if (await passkeys.RemoveAsync(account.Id, id, CancellationToken.None) is not { } removed) return PasskeyProblems.NotFound.ToResult();
        await letters.SendRemovedAsync(account, removed.Name);
        return TypedResults.NoContent();
    }
}
