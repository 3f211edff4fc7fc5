using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Accounts.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Profiles;

/// <param name="Pin">The new one; null takes it away.</param>
/// <param name="Current">The one it has.</param>
/// <param name="Password">The account's, in place of a PIN that was forgotten.</param>
/// <param name="Code">Beside the password, of the second factor, where there is one.</param>
internal sealed record SetPinRequest(string? Pin, string? Current = null, string? Password = null, string? Code = null);

internal static class SetPin
{
    public static async Task<Results<Ok<ProfileAnswer>, ProblemHttpResult>> HandleAsync(
        string id, SetPinRequest request, ProfileStore profiles, ProfilePins pins, AccountStore accounts, PasswordHasher hasher, IdentityCheck identity,
        HttpContext http)
    {
        var (session, stop) = (CallerSession.Of(http), http.RequestAborted);
        if (await profiles.GetAsync(session.AccountId, id, stop) is not { } before) return ProfileProblems.NotFound.ToResult();
        if (request.Pin is not null && !ProfileRules.IsPin(request.Pin)) return ProfileProblems.PinInvalid.ToResult();
        if (request.Password is not null)
        {
            var account = await accounts.GetAsync(session.AccountId, stop);
            if (await identity.RefuseAsync(http, account, request.Password, request.Code) is { } unknown) return unknown;
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
