using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Reviews.Marks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Sharing.Lists.Reports;

/// <summary>POST: what a reader says of another's list, once an account until a moderator decides. It is read until a moderator decides: whoever has a link has an account for nothing.</summary>
internal static class ReportList
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string slug, ReportRequest request, PublicLists lists, SharedListStore shares, ListReportStore reports, TimeProvider time, HttpContext http)
    {
        if (MarkReview.Refuse(request, out var note) is { } unfit) return unfit.ToResult();
        var account = CallerSession.Of(http).AccountId;
        if (await lists.FindAsync(slug, http) is null || await shares.GetAsync(slug, http.RequestAborted) is not { } list) return SharingProblems.NotFound.ToResult();
        if (list.AccountId == account) return SharingProblems.Own.ToResult();
        return await reports.AddAsync(new ListReport(slug, account, request.Reason!, note, time.GetUtcNow()), list.SettledUntil, CancellationToken.None)
            ? TypedResults.NoContent() : SharingProblems.ReportedAlready.ToResult();
    }
}
