using System.ComponentModel.DataAnnotations;
using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Accounts.SecondFactors;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.SignIn;

internal sealed record SignInRequest([property: Required] string? Email, [property: Required] string? Password);

/// <summary>Opens a session; where there is a second factor, only the way to it. What is wrong, address or password, is not told, and takes as
/// long to find out.</summary>
internal static class SignIn
{
    public static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> HandleAsync(
        SignInRequest request, AccountStore accounts, PasswordHasher hasher, Entrance entrance, SignInThrottle throttle,
        TokenCookies cookies, IOptions<SecondFactorOptions> factor, TimeProvider time, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (await throttle.RefuseAsync(http) is { } tooOften) return tooOften;
        if (EmailAddress.TryParse(request.Email) is not { } email) return AccountProblems.EmailInvalid.ToResult();
        var account = await accounts.FindByEmailAsync(email, stop);
        EntranceLog.About(http, account);
        if (await throttle.RefuseAsync(http, email, account) is { } guessed) return guessed;
        if (await hasher.VerifyAsync(account?.PasswordHash, request.Password ?? "", stop) is not { } isRight) return AccountProblems.Busy.ToResult();
        if (!isRight || account is null) return AccountProblems.CredentialsWrong.ToResult();
        await throttle.GiveBackAsync(http, email, account);
        account = await RehashAsync(account, request.Password!, accounts, hasher, stop);
        if (account.SecondFactor is not null)
        {
            await cookies.GiveAsync(http, new AccountToken
            {
                Use = TokenUse.SecondStep, AccountId = account.Id, PasswordGeneration = account.PasswordGeneration,
                ExpiresAt = time.GetUtcNow() + factor.Value.StepLife,
            });
            return SecondFactorProblems.Needed.ToResult();
        }

        return await entrance.AnswerAsync(account, http, isTwofold: false, AccountProblems.CredentialsWrong);
    }

    private static async Task<Account> RehashAsync(
        Account account, string password, AccountStore accounts, PasswordHasher hasher, CancellationToken stop)
    {
        if (!hasher.IsOutdated(account.PasswordHash) || await hasher.HashAsync(password, stop) is not { } hash) return account;
        await accounts.ChangeAsync(
            account.Id, now => now.PasswordHash == account.PasswordHash ? now with { PasswordHash = hash } : null, stop);
        return account with { PasswordHash = hash };
    }
}
