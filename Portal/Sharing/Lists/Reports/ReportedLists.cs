using FlickStream.Portal.Audit;
using FlickStream.Portal.Http;
using FlickStream.Portal.Reviews.Moderation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Sharing.Lists.Reports;

internal sealed record ModeratedListPage(IReadOnlyList<ModeratedList> Items, string? Next);

/// <param name="Until">When the latest report was made that was read; null: all that there are.</param>
internal sealed record ApproveListRequest(DateTimeOffset? Until);

internal sealed record ListReportPage(IReadOnlyList<ReportAnswer> Items, string? Next);

/// <summary>GET: lists that were reported since a moderator decided about them, what waits longest first, and the reports of one, the latest first; POST: one
/// stays, and only later reports bring it back here.</summary>
internal static class ReportedLists
{
    public static async Task<Results<Ok<ModeratedListPage>, ProblemHttpResult>> ListAsync(
        SharedListStore lists, CancellationToken stop, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var page = await lists.ReportedAsync(limit, after, stop);
        return TypedResults.Ok(new ModeratedListPage([.. page.Items.Select(item => ModeratedList.Of(item.Id, item.Value))], page.Next));
    }

    public static async Task<Results<Ok<ListReportPage>, ProblemHttpResult>> ReportsAsync(
        string slug, SharedListStore lists, ListReportStore reports, CancellationToken stop, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (await lists.FindForModeratorAsync(slug, stop) is null) return SharingProblems.NotFound.ToResult();
        var page = await reports.OfListAsync(slug, limit, after, stop);
        var answers = page.Items.Select(item => item.Value).Select(report => new ReportAnswer(report.AccountId, report.Reason, report.Note, report.At));
        return TypedResults.Ok(new ListReportPage([.. answers], page.Next));
    }

    public static async Task<Results<Ok<ModeratedList>, ProblemHttpResult>> ApproveAsync(
        string slug, ApproveListRequest? request, SharedListStore lists, AuditLog audit, TimeProvider time, HttpContext http)
    {
        if (await lists.FindForModeratorAsync(slug, http.RequestAborted) is not { } seen) return SharingProblems.NotFound.ToResult();
        if (seen.ReportedSince is null) return SharingProblems.NotReported.ToResult();
        await audit.AddAsync(http, "shared_list_approved", $"shared-list:{slug}", $"{seen.Name}, of account:{seen.AccountId}");
        var now = time.GetUtcNow();
        // Reports that came later were not looked at, and none is decided about before it is made.
        return await lists.SettleAsync(slug, request?.Until < now ? request.Until.Value : now, CancellationToken.None) is { } settled
            ? TypedResults.Ok(ModeratedList.Of(slug, settled)) : SharingProblems.NotFound.ToResult();
    }
}
