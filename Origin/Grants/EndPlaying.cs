using FlickStream.Platform.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Origin.Grants;

/// <summary>DELETE: ends all grants of a viewer before their time, those too that count in no stream limit.</summary>
internal static class EndPlaying
{
    /// <param name="viewer">As the caller names viewers.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        HttpContext http, GrantStore grants, CancellationToken cancellationToken, string? viewer = null)
    {
        if (viewer is null || !GrantChecks.IsViewer(viewer)) return GrantProblems.ViewerInvalid.ToResult();
        await grants.EndAllAsync(Caller.Of(http).Id, viewer, cancellationToken);
        return TypedResults.NoContent();
    }
}
