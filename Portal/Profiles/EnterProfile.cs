using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Profiles;

/// <param name="Pin">Where it has one.</param>
internal sealed record EnterProfileRequest(string? ProfileId, string? Pin = null);

/// <summary>From now on this session acts as that profile.</summary>
internal static class EnterProfile
{
    public static async Task<Results<Ok<ProfileAnswer>, ProblemHttpResult>> HandleAsync(
        EnterProfileRequest request, ProfileStore profiles, ProfilePins pins, SessionStore sessions, HttpContext http)
    {
        var session = CallerSession.Of(http);
        if (request.ProfileId is not { } id || await profiles.GetAsync(session.AccountId, id, http.RequestAborted) is not { } profile)
            return ProfileProblems.NotFound.ToResult();
        if (await pins.RefuseAsync(profile, request.Pin, http) is { } refused) return refused;
        return await sessions.ActAsAsync(session.Id, id, profile.Content.IsLimited, CancellationToken.None) is not null
            ? TypedResults.Ok(ProfileAnswer.Of(profile, id)) : AccountProblems.SessionNotFound.ToResult();
    }
}
