using FlickStream.Platform.Access;
using FlickStream.Portal.Http;
using FlickStream.Portal.Organisations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Keys.Studio;

internal sealed record StudioKeyPage(IReadOnlyList<StudioKeyAnswer> Items, string? Next);

/// <summary>The keys of the caller's organisation, whoever made them.</summary>
internal static class ListStudioKeys
{
    public static async Task<Results<Ok<StudioKeyPage>, ProblemHttpResult>> HandleAsync(
        ApiKeys keys, HttpContext http, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (Caller.Of(http).OrganisationId is not { } own) return OrganisationProblems.NotFound.ToResult();
        var page = await keys.ListAsync(own, limit, after, http.RequestAborted);
        return TypedResults.Ok(new StudioKeyPage([.. page.Items.Select(key => StudioKeyAnswer.Of(key.Value))], page.Next));
    }
}
