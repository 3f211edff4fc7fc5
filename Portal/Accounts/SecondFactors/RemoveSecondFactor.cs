using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.SecondFactors;

/// <summary>Turns it off; this session stays, all others end. Whoever confirmed their identity to get here has shown the factor.</summary>
internal static class RemoveSecondFactor
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        AccountStore accounts, SessionStore sessions, FactorLetters letters, IOptions<SecondFactorOptions> options, HttpContext http)
    {
        var session = CallerSession.Of(http);
        if (options.Value.RequiredFor.Contains(session.Role)) return SecondFactorProblems.Required.ToResult();
        var changed = await accounts.TryChangeAsync(
            session.AccountId, now => now.SecondFactor is null ? null : now with { SecondFactor = null }, CancellationToken.None);
        if (changed is null) return SecondFactorProblems.Off.ToResult();
        await sessions.EndAllAsync(session.AccountId, session.Id, CancellationToken.None);
        await letters.SendRemovedAsync(changed);
        return TypedResults.NoContent();
    }
}
