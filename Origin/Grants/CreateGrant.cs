using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access;
using FlickStream.Platform.Playback;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Origin.Grants;

/// <summary>Grants one viewer the playing of one asset.</summary>
internal static class CreateGrant
{
    /// <param name="AssetId">What shall be played.</param>
    /// <param name="MaxHeight">Largest rendition, by its smaller side; none: all.</param>
    /// <param name="Viewer">Whom streams are counted for, as the caller names viewers.</param>
    /// <param name="StreamLimit">Streams the viewer may have at once; none: no limit.</param>
    /// <param name="TtlSeconds">How long the addresses work; none: well beyond the title's end.</param>
    internal sealed record Request([property: Required] string? AssetId, int? MaxHeight, string? Viewer, int? StreamLimit, double? TtlSeconds);

    public static async Task<Results<Ok<PlaybackGrant>, ProblemHttpResult>> HandleAsync(
        Request request, HttpContext http, GrantMaker maker, GrantChecks checks, CancellationToken cancellationToken)
    {
        if (checks.Refuse(request) is { } invalid) return invalid.ToResult();
        var caller = Caller.Of(http);
        if (!await checks.MayPlayAsync(request.AssetId!, caller, cancellationToken)) return GrantProblems.AssetNotFound.ToResult();
        var answer = await maker.MakeAsync(request, caller.Id, http);
        return answer.Grant is { } grant ? TypedResults.Ok(grant) : answer.Refusal!.ToResult();
    }
}
