using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.SecondFactors;

/// <param name="Secret">Base32, to be typed into an authenticator app; shown now and never again.</param>
/// <param name="Uri">The same as <c>otpauth://</c>, to be shown as a QR code.</param>
/// <param name="ExpiresAt">The first code must come before.</param>
internal sealed record EnrolmentAnswer(string Secret, string Uri, DateTimeOffset ExpiresAt);

/// <summary>Makes a secret, which counts for nothing until a code of it was given. A secret that waited before is forgotten.</summary>
internal static class StartEnrolment
{
    public static async Task<Results<Ok<EnrolmentAnswer>, ProblemHttpResult>> HandleAsync(
        AccountStore accounts, TotpSecrets secrets, IOptions<SecondFactorOptions> options, TimeProvider time, HttpContext http)
    {
        if (await accounts.GetAsync(CallerSession.Of(http).AccountId, http.RequestAborted) is not { } account) return AccountProblems.SessionNotFound.ToResult();
        var secret = secrets.Create(account);
        var pending = new PendingFactor(secret.Sealed, time.GetUtcNow() + options.Value.EnrolmentLife);
        return await accounts.TryChangeAsync(account.Id, now => now.SecondFactor is null ? now with { PendingFactor = pending } : null, http.RequestAborted) is null
            ? SecondFactorProblems.On.ToResult() : TypedResults.Ok(new EnrolmentAnswer(secret.Text, secret.Uri, pending.ExpiresAt));
    }
}
