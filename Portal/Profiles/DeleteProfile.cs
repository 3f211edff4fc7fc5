using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Profiles;

internal static class DeleteProfile
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(string id, ProfileStore profiles, HttpContext http)
    {
        var all = await profiles.ListAsync(CallerSession.Of(http).AccountId, http.RequestAborted);
        if (all.All(profile => profile.Id != id)) return ProfileProblems.NotFound.ToResult();
        if (all.Count == 1) return ProfileProblems.Last.ToResult();
        await profiles.RemoveAsync(id, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
