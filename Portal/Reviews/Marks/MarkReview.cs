using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Http;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Browsing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Reviews.Marks;

/// <param name="Reason">spoiler, abuse, hate, spam, personal_data or other.</param>
/// <param name="Note">At most 500 characters, for moderators.</param>
internal sealed record ReportRequest([property: Required, OneOf(typeof(ReportReasons))] string? Reason, string? Note = null);

/// <summary>What readers say of another's review, once an account.</summary>
internal static class MarkReview
{
    private const int MostOfNote = 500;

    public static async Task<Results<NoContent, ProblemHttpResult>> ReportAsync(
        string id, ReportRequest request, ReviewStore reviews, PublicTitles titles, MarkStore marks, Reviewers reviewers, TimeProvider time, HttpContext http)
    {
        if (Refuse(request, out var note) is { } unfit) return unfit.ToResult();
        if (await RefuseAsync(id, reviews, titles, http) is { } refusal) return refusal.ToResult();
        var report = new Report(id, CallerSession.Of(http).AccountId, request.Reason!, note, time.GetUtcNow(), Holds: await reviewers.MayReviewAsync(id, http));
        return await marks.ReportAsync(report, CancellationToken.None)
            ? TypedResults.NoContent() : ReviewProblems.ReportedAlready.ToResult();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> HelpfulAsync(
        string id, ReviewStore reviews, PublicTitles titles, MarkStore marks, HttpContext http)
    {
        if (await RefuseAsync(id, reviews, titles, http) is { } refusal) return refusal.ToResult();
        await marks.MarkHelpfulAsync(id, CallerSession.Of(http).AccountId, CancellationToken.None);
        return TypedResults.NoContent();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> NotHelpfulAsync(
        string id, ReviewStore reviews, PublicTitles titles, MarkStore marks, HttpContext http)
    {
        if (await RefuseAsync(id, reviews, titles, http) is { } refusal) return refusal.ToResult();
        await marks.UnmarkHelpfulAsync(id, CallerSession.Of(http).AccountId, CancellationToken.None);
        return TypedResults.NoContent();
    }

    /// <summary>Of a report of whatever it is.</summary>
    /// <param name="note">Null where there is none.</param>
    public static Problem? Refuse(ReportRequest request, out string? note)
    {
        note = ReviewText.Tidy(request.Note);
        return request.Reason is null || !ReportReasons.All.Contains(request.Reason) ? ReviewProblems.ReasonUnknown
            : note is not null && (note.Length > MostOfNote || !ReviewText.IsText(note)) ? ReviewProblems.NoteInvalid : null;
    }

    private static async Task<Problem?> RefuseAsync(string id, ReviewStore reviews, PublicTitles titles, HttpContext http) =>
        await reviews.GetAsync(id, http.RequestAborted) is not { IsListed: true } review || await titles.FindAsync(review.TitleId, http) is null ? ReviewProblems.NotFound
        : review.AccountId == CallerSession.Of(http).AccountId ? ReviewProblems.Own
        : null;
}
