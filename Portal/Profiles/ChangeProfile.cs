using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Profiles;

/// <param name="Content">All of it.</param>
/// <param name="Pin">The profile's, where it has one and who may see what changes.</param>
internal sealed record ChangeProfileRequest(ProfileContent? Content, string? Pin = null);

internal static class ChangeProfile
{
    public static async Task<Results<Ok<ProfileAnswer>, ProblemHttpResult>> HandleAsync(
        string id, ChangeProfileRequest request, ProfileStore profiles, ProfilePins pins, HttpContext http)
    {
        var session = CallerSession.Of(http);
        if (await profiles.GetAsync(session.AccountId, id, http.RequestAborted) is not { } before) return ProfileProblems.NotFound.ToResult();
        if (ProfileRules.Tidy(request.Content ?? new(), out var problem) is not { } tidied) return problem!.ToResult();
        var isGuarded = (tidied.MaximumAge, tidied.IsKids) != (before.Content.MaximumAge, before.Content.IsKids);
        if (isGuarded && await pins.RefuseAsync(before, request.Pin, http) is { } refused) return refused;
        return await profiles.ChangeAsync(id, profile => profile with { Content = tidied }, CancellationToken.None) is { } changed
            ? TypedResults.Ok(ProfileAnswer.Of(changed, session.ProfileId)) : ProfileProblems.NotFound.ToResult();
    }
}
