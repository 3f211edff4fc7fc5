using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Profiles;

internal static class DeleteProfile
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, ProfileStore profiles, IEnumerable<IProfileData> slices, ILogger<ProfileSweep> log, HttpContext http)
    {
        var account = CallerSession.Of(http).AccountId;
        var all = await profiles.ListAsync(account, http.RequestAborted);
        if (all.All(profile => profile.Id != id)) return ProfileProblems.NotFound.ToResult();
        if (all.Count == 1) return ProfileProblems.Last.ToResult();
        await profiles.LeaveAsync(id, CancellationToken.None);
        foreach (var slice in slices)
        {
            try
            {
                await slice.DeleteProfileAsync(account, id, CancellationToken.None);
            }
            catch (Exception fault)
            {
                // The profile is gone for everybody; what is left of it, or written in this moment, the sweep finds.
                log.LogWarning(fault, "Not all of profile {Profile} could be removed at once.", id);
            }
        }

        return TypedResults.NoContent();
    }
}
