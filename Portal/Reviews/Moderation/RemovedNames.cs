using FlickStream.Portal.Audit;
using FlickStream.Portal.Http;
using FlickStream.Portal.Reviews.Names;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Reviews.Moderation;

/// <param name="Id">Of all names that look like it.</param>
internal sealed record RemovedNameAnswer(string Id, string Name, DateTimeOffset At);

internal sealed record RemovedNamePage(IReadOnlyList<RemovedNameAnswer> Items, string? Next);

/// <summary>GET: names that were taken from profiles, the latest first; DELETE: one may be chosen again.</summary>
internal static class RemovedNames
{
    public static async Task<Results<Ok<RemovedNamePage>, ProblemHttpResult>> ListAsync(
        NameStore names, CancellationToken stop, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var page = await names.RemovedAsync(limit, after, stop);
        return TypedResults.Ok(new RemovedNamePage([.. page.Items.Select(item => new RemovedNameAnswer(item.Id, item.Value.Name, item.Value.At))], page.Next));
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> GiveBackAsync(string id, NameStore names, AuditLog audit, HttpContext http)
    {
        if (await names.FindRemovedAsync(id, http.RequestAborted) is not { } name) return ReviewProblems.RemovedNameNotFound.ToResult();
        await audit.AddAsync(http, "public_name_given_back", $"public-name:{id}", name.Name);
        await names.GiveBackAsync(id, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
