using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Profiles;

internal static class CreateProfile
{
    public static async Task<Results<Created<ProfileAnswer>, ProblemHttpResult>> HandleAsync(ProfileContent content, ProfileStore profiles, HttpContext http)
    {
        if (ProfileRules.Tidy(content, out var problem) is not { } tidied) return problem!.ToResult();
        var session = CallerSession.Of(http);
        if (await profiles.AddAsync(session.AccountId, tidied, http.RequestAborted) is not { } profile) return ProfileProblems.TooMany.ToResult();
        EntityTags.Tag(http, profile.Revision);
        return TypedResults.Created($"/api/profiles/{profile.Id}", ProfileAnswer.Of(profile, session.ProfileId));
    }
}
