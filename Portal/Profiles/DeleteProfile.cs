using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Profiles;

internal static class DeleteProfile
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, ProfileStore profiles, IEnumerable<IProfileData> slices, HttpContext http)
    {
        var account = CallerSession.Of(http).AccountId;
        var all = await profiles.ListAsync(account, http.RequestAborted);
        if (all.All(profile => profile.Id != id)) return ProfileProblems.NotFound.ToResult();
        if (all.Count == 1) return ProfileProblems.Last.ToResult();
        // What is left of it after a fault, or written in this moment, the sweep finds.
        await profiles.LeaveAsync(id, CancellationToken.None);
        foreach (var slice in slices) await slice.DeleteProfileAsync(account, id, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
