using System.ComponentModel.DataAnnotations;
using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Accounts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.Registration;

/// <param name="Email">Where the link that verifies it is sent.</param>
/// <param name="Password">At least 8 characters, asked for again when the link is opened.</param>
/// <param name="Language">BCP 47; English when it is not given.</param>
/// <param name="TimeZone">IANA's name; UTC when it is not given.</param>
internal sealed record RegisterRequest([property: Required] string? Email, [property: Required] string? Password, string? Language, string? TimeZone);

/// <summary>Sends a link. The answer and the time it takes are the same whether or not there is an account already; its owner is told by mail.</summary>
internal static class Register
{
    public static async Task<Results<Accepted, ProblemHttpResult>> HandleAsync(
        RegisterRequest request, AccountStore accounts, PasswordHasher hasher, AccountTokens tokens, AccountLetters letters,
        SignIn.SignInThrottle throttle, IOptions<AccountOptions> options, TimeProvider time, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (EmailAddress.TryParse(request.Email) is not { } email) return AccountProblems.EmailInvalid.ToResult();
        if (PasswordRules.Refuse(request.Password) is { } unfit) return unfit.ToResult();
        if (Locale.Check(request.Language, request.TimeZone) is { } unknown) return unknown.ToResult();
        if (await throttle.RefuseAsync(http) is { } tooOften) return tooOften;

        // Hashed for a known address too, so that the answer takes as long.
        if (await hasher.HashAsync(request.Password!, stop) is not { } hash) return AccountProblems.Busy.ToResult();
        if (!await throttle.MaySendToAsync(email, "registration", http, stop)) return TypedResults.Accepted((string?)null);
        var registration = new PendingRegistration(hash, request.Language ?? Locale.Language, request.TimeZone ?? Locale.TimeZone);
        var token = await tokens.IssueAsync(
            new AccountToken
            {
                Use = TokenUse.Registration,
                Email = email.Text,
                Registration = registration,
                ExpiresAt = time.GetUtcNow() + options.Value.VerificationLife,
            },
            stop);
        // The token of a known address goes nowhere; without it that answer would come sooner.
        await (await accounts.FindByEmailAsync(email, stop) is { } known
            ? letters.SendKnownAsync(known, http, stop) : letters.SendVerificationAsync(email, token, http, stop));
        return TypedResults.Accepted((string?)null);
    }
}
