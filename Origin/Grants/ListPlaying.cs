using FlickStream.Platform.Access;
using FlickStream.Platform.Playback;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Origin.Grants;

/// <summary>GET: the grants by which a viewer holds places of a stream limit now.</summary>
internal static class ListPlaying
{
    /// <param name="viewer">As the caller names viewers.</param>
    public static async Task<Results<Ok<PlayingGrants>, ProblemHttpResult>> HandleAsync(
        HttpContext http, GrantStore grants, CancellationToken cancellationToken, string? viewer = null) =>
        viewer is null || !GrantChecks.IsViewer(viewer) ? GrantProblems.ViewerInvalid.ToResult()
            : TypedResults.Ok(new PlayingGrants(await grants.PlayingAsync(Caller.Of(http).Id, viewer, cancellationToken)));
}
