using FlickStream.Platform.Access;
using FlickStream.Platform.Http;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Editing;

/// <summary>GET: titles in every state, newest first.</summary>
internal static class ListTitles
{
    private const int LongestName = 100;

    /// <param name="organisationId">For administrators: of this one only.</param>
    /// <param name="kind">Of this kind only.</param>
    /// <param name="state">In this state only.</param>
    /// <param name="parentId">What belongs to this title.</param>
    /// <param name="assetId">What plays this asset.</param>
    /// <param name="q">A part of a name in any language, or of the external id. A page may then be shorter than asked for and have a next still.</param>
    public static async Task<Results<Ok<TitleList>, ProblemHttpResult>> HandleAsync(
        TitleStore titles, TimeProvider time, HttpContext http, string? organisationId = null, [OneOf(typeof(Kinds))] string? kind = null,
        [OneOf("draft", "scheduled", "published", "withdrawn")] string? state = null, string? parentId = null, string? assetId = null, string? q = null, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var caller = Caller.Of(http);
        if (!caller.IsAdmin && organisationId is not null && organisationId != caller.Id) return TitleProblems.OrganisationForeign.ToResult();
        if (kind is not null && !Kinds.All.Contains(kind)) return TitleProblems.KindInvalid.ToResult();
        TitleState? wanted = state is null ? null : StateOf(state);
        if (state is not null && wanted is null) return TitleProblems.StateUnknown.ToResult();
        if (q?.Trim() is { Length: 0 or > LongestName }) return BrowseRequest.FilterInvalid.ToResult();
        var filter = new TitleFilter(caller.IsAdmin ? organisationId : caller.Id, kind, wanted, parentId, assetId, q?.Trim());
        var (items, next) = await titles.ListAsync(filter, limit, after, http.RequestAborted);
        var now = time.GetUtcNow();
        return TypedResults.Ok(new TitleList([.. items.Select(title => TitleAnswer.Of(title, now))], next));
    }

    // By name alone: Enum.TryParse takes numbers too.
    private static TitleState? StateOf(string state) => state switch
    {
        "draft" => TitleState.Draft, "scheduled" => TitleState.Scheduled, "published" => TitleState.Published, "withdrawn" => TitleState.Withdrawn, _ => null,
    };
}
