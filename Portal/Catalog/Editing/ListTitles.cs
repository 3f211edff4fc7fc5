using FlickStream.Platform.Access;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Editing;

/// <summary>GET: titles in every state, newest first.</summary>
internal static class ListTitles
{
    /// <param name="organisationId">For administrators: of this one only.</param>
    public static async Task<Results<Ok<TitleList>, ProblemHttpResult>> HandleAsync(
        TitleStore titles, TimeProvider time, HttpContext http, string? organisationId = null, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var caller = Caller.Of(http);
        if (!caller.IsAdmin && organisationId is not null && organisationId != caller.Id) return TitleProblems.OrganisationForeign.ToResult();
        var page = await titles.ListAsync(caller.IsAdmin ? organisationId : caller.Id, limit, after, http.RequestAborted);
        var now = time.GetUtcNow();
        return TypedResults.Ok(new TitleList([.. page.Items.Select(item => TitleAnswer.Of(item.Value, now))], page.Next));
    }
}
