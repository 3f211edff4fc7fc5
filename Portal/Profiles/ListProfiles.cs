using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Profiles;

internal static class ListProfiles
{
    public static async Task<Ok<ProfileList>> HandleAsync(ProfileStore profiles, HttpContext http)
    {
        var session = CallerSession.Of(http);
        var all = await profiles.ListAsync(session.AccountId, http.RequestAborted);
        return TypedResults.Ok(new ProfileList([.. all.Select(profile => ProfileAnswer.Of(profile, session.ProfileId))], await profiles.MostAsync(session.AccountId, http.RequestAborted)));
    }
}
