using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Accounts.SecondFactors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.SignIn;

/// <summary>Whether somebody is whose session they have: by the password and, where there is one, the second factor.</summary>
internal sealed class IdentityCheck(PasswordHasher hasher, FactorCodes codes, SignInThrottle throttle, FactorLetters letters)
{
    /// <summary>Null when both are right.</summary>
    public async Task<ProblemHttpResult?> RefuseAsync(HttpContext http, Account? account, string? password, string? code)
    {
        if (account is null || EmailAddress.TryParse(account.Email) is not { } email) return AccountProblems.CredentialsWrong.ToResult();
        if (await throttle.RefuseLookAsync(http, account.Id) is { } tooOften) return tooOften;
        if (await throttle.RefuseAsync(http, email, account) is { } guessed) return guessed;
        if (await hasher.VerifyAsync(account.PasswordHash, password ?? "", http.RequestAborted) is not { } isRight) return AccountProblems.Busy.ToResult();
        if (!isRight) return AccountProblems.CredentialsWrong.ToResult();
        await throttle.GiveBackAsync(http, email, account);
        return account.SecondFactor is null ? null : await RefuseCodeAsync(http, account, code);
    }

    /// <summary>Null when it is a code of the account's second factor, which is then used up.</summary>
    public async Task<ProblemHttpResult?> RefuseCodeAsync(HttpContext http, Account account, string? code)
    {
        if (string.IsNullOrWhiteSpace(code)) return SecondFactorProblems.Needed.ToResult();
        if (await throttle.RefuseCodeAsync(http, account) is { } guessed)
        {
            await letters.SendGuessedAsync(account);
            return guessed;
        }

        if (!await codes.SpendAsync(account.Id, code, http.RequestAborted)) return SecondFactorProblems.Wrong.ToResult();
        await throttle.GiveBackCodeAsync(http, account);
        return null;
    }
}
