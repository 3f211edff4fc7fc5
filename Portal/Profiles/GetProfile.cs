using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Profiles;

internal static class GetProfile
{
    public static async Task<Results<Ok<ProfileAnswer>, ProblemHttpResult>> HandleAsync(string id, ProfileStore profiles, HttpContext http)
    {
        var session = CallerSession.Of(http);
        if (await profiles.GetAsync(session.AccountId, id, http.RequestAborted) is not { } profile) return ProfileProblems.NotFound.ToResult();
        EntityTags.Tag(http, profile.Revision);
        return TypedResults.Ok(ProfileAnswer.Of(profile, session.ProfileId));
    }
}
