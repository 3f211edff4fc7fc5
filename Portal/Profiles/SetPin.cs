using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Accounts.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Profiles;

/// <param name="Pin">The new one; null takes it away.</param>
/// <param name="Current">The one it has.</param>
/// <param name="Password">The account's, in place of a PIN that was forgotten.</param>
internal sealed record SetPinRequest(string? Pin, string? Current = null, string? Password = null);

internal static class SetPin
{
    public static async Task<Results<Ok<ProfileAnswer>, ProblemHttpResult>> HandleAsync(
        string id, SetPinRequest request, ProfileStore profiles, ProfilePins pins, AccountStore accounts, PasswordHasher hasher, SignInThrottle throttle,
        HttpContext http)
    {
        var (session, stop) = (CallerSession.Of(http), http.RequestAborted);
        if (await profiles.GetAsync(session.AccountId, id, stop) is not { } before) return ProfileProblems.NotFound.ToResult();
        if (request.Pin is not null && !ProfileRules.IsPin(request.Pin)) return ProfileProblems.PinInvalid.ToResult();
        if (request.Password is { } password)
        {
            if (await accounts.GetAsync(session.AccountId, stop) is not { } account || EmailAddress.TryParse(account.Email) is not { } email)
                return AccountProblems.CredentialsWrong.ToResult();
            if (await throttle.RefuseAsync(http, email, account) is { } guessed) return guessed;
            if (await hasher.VerifyAsync(account.PasswordHash, password, stop) is not { } isRight) return AccountProblems.Busy.ToResult();
            if (!isRight) return AccountProblems.CredentialsWrong.ToResult();
        }
        else if (await pins.RefuseAsync(before, request.Current, http) is { } refused)
        {
            return refused;
        }

        var hash = request.Pin is null ? null : await hasher.HashAsync(request.Pin, stop);
        if (request.Pin is not null && hash is null) return AccountProblems.Busy.ToResult();
        return await profiles.ChangeAsync(id, profile => profile with { PinHash = hash }, CancellationToken.None) is { } changed
            ? TypedResults.Ok(ProfileAnswer.Of(changed, session.ProfileId)) : ProfileProblems.NotFound.ToResult();
    }
}
