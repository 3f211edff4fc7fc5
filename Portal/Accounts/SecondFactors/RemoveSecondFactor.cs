using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.Endings;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.SecondFactors;

/// <summary>Turns it off; this session stays, all others end. Whoever confirmed their identity to get here has shown the factor.</summary>
internal static class RemoveSecondFactor
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        AccountStore accounts, AccountEndings endings, FactorLetters letters, IOptions<SecondFactorOptions> options, TimeProvider time, HttpContext http)
    {
        var session = CallerSession.Of(http);
        if (options.Value.RequiredFor.Contains(session.Role)) return SecondFactorProblems.Required.ToResult();
        if (await accounts.TryChangeAsync(session.AccountId, Without, CancellationToken.None) is not { } changed) return SecondFactorProblems.Off.ToResult();
        await endings.SettleAsync(changed);
        await letters.SendRemovedAsync(changed);
        return TypedResults.NoContent();

        Account? Without(Account now) => now.SecondFactor is null ? null : (now with { SecondFactor = null }).Ends(time.GetUtcNow(), session.Id);
    }
}
