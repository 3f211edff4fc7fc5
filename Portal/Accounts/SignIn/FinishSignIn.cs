using System.ComponentModel.DataAnnotations;
using FlickStream.Portal.Accounts.SecondFactors;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.SignIn;

/// <param name="Code">Of the authenticator app, or a recovery code.</param>
internal sealed record FinishSignInRequest([property: Required] string? Code);

/// <summary>The second step of accounts with a second factor; the browser's cookie knows the first.</summary>
internal static class FinishSignIn
{
    public static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> HandleAsync(
        FinishSignInRequest request, AccountStore accounts, TokenCookies cookies, IdentityCheck identity, Entrance entrance, SignInThrottle throttle,
        HttpContext http)
    {
        if (await throttle.RefuseAsync(http) is { } tooOften) return tooOften;
        if (await cookies.FindAsync(http, TokenUse.SecondStep) is not { AccountId: { } id } step
            || await accounts.GetAsync(id, http.RequestAborted) is not { SecondFactor: not null } account
            || account.PasswordGeneration != step.PasswordGeneration) return SecondFactorProblems.StepInvalid.ToResult();
        EntranceLog.About(http, account);
        if (await identity.RefuseCodeAsync(http, account, request.Code) is { } wrong) return wrong;
        if (!await cookies.SpendAsync(http, TokenUse.SecondStep)) return SecondFactorProblems.StepInvalid.ToResult();
        return await entrance.AnswerAsync(account, http, isTwofold: true, SecondFactorProblems.StepInvalid);
    }
}
