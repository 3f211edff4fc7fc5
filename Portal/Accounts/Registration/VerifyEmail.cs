using System.ComponentModel.DataAnnotations;
using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Accounts.SignIn;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Registration;

/// <param name="Token">Of the letter.</param>
/// <param name="Password">The one that was chosen at registration.</param>
internal sealed record VerifyEmailRequest([property: Required] string? Token, [property: Required] string? Password);

/// <summary>Makes the account and signs its owner in. The password is asked for again, so that whoever registers another's address gains
/// nothing when its owner opens the link.</summary>
internal static class VerifyEmail
{
    public static async Task<Results<Created<AccountAnswer>, ProblemHttpResult>> HandleAsync(
        VerifyEmailRequest request, AccountStore accounts, PasswordHasher hasher, AccountTokens tokens, Entrance entrance,
        SignInThrottle throttle, TimeProvider time, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (await throttle.RefuseAsync(http) is { } tooOften) return tooOften;
        if (await tokens.FindAsync(request.Token, TokenUse.Registration, stop) is not { Registration: { } registration } token
            || EmailAddress.TryParse(token.Email) is not { } email) return AccountProblems.LinkInvalid.ToResult();
        if (await throttle.RefuseAsync(http, email, null) is { } guessed) return guessed;
        if (await hasher.VerifyAsync(registration.PasswordHash, request.Password ?? "", stop) is not { } isRight) return AccountProblems.Busy.ToResult();
        if (!isRight) return AccountProblems.CredentialsWrong.ToResult();
        await throttle.GiveBackAsync(http, email, null);
        if (!await tokens.SpendAsync(request.Token!, stop)) return AccountProblems.LinkInvalid.ToResult();

        var account = new Account
        {
            Id = AccountStore.NewId(),
            Email = email.Text,
            EmailKey = email.Key,
            PasswordHash = registration.PasswordHash,
            Language = registration.Language,
            TimeZone = registration.TimeZone,
            CreatedAt = time.GetUtcNow(),
        };
        if (await accounts.AddAsync(account, CancellationToken.None) is null) return AccountProblems.EmailTaken.ToResult();
        return await entrance.AdmitAsync(account, http, isTwofold: false) is { } session
            ? TypedResults.Created("/api/accounts/me", AccountAnswer.Of(account, session)) : AccountProblems.CredentialsWrong.ToResult();
    }
}
