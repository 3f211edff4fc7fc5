using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Sharing.Lists;

/// <summary>A shared list as moderators see it.</summary>
/// <param name="ListId">Null: the watchlist.</param>
/// <param name="Name">As it was shared.</param>
/// <param name="Reports">Since it was decided last.</param>
/// <param name="ReportedSince">Since when it waits for a decision; null where it does not.</param>
/// <param name="TakenBackAt">When its owner took the link back; null while it is shared.</param>
internal sealed record ModeratedList(
    string Slug, string AccountId, string ProfileId, string? ListId, string Name, DateTimeOffset Since, int Reports, DateTimeOffset? ReportedSince, DateTimeOffset? TakenBackAt)
{
    public static ModeratedList Of(string slug, SharedList list) =>
        new(slug, list.AccountId, list.ProfileId, list.ListId, list.Name, list.Since, list.Reports, list.ReportedSince, list.TakenBackAt);
}

/// <summary>GET: whose a shared list is; DELETE: takes its link back for good, and one under which it was shared anew. Its owner keeps the list, and may share it under another link.</summary>
internal static class ModerateList
{
    public static async Task<Results<Ok<ModeratedList>, ProblemHttpResult>> ShowAsync(string slug, SharedListStore lists, CancellationToken stop) =>
        await lists.FindForModeratorAsync(slug, stop) is { } list
            ? TypedResults.Ok(ModeratedList.Of(slug, list)) : SharingProblems.NotFound.ToResult();

    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string slug, SharedListStore lists, AuditLog audit, HttpContext http)
    {
        if (await lists.FindForModeratorAsync(slug, http.RequestAborted) is not { } list) return SharingProblems.NotFound.ToResult();
        await audit.AddAsync(http, "shared_list_removed", $"shared-list:{slug}", $"{list.Name}, of account:{list.AccountId}");
        await lists.RemoveAsync(slug, list, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
