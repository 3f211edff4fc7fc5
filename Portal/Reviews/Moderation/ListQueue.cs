using FlickStream.Platform.Http;
using FlickStream.Portal.Http;
using FlickStream.Portal.Reviews.Marks;
using FlickStream.Portal.Reviews.Names;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Reviews.Moderation;

/// <summary>A review as moderators see it.</summary>
/// <param name="Author">The public name.</param>
/// <param name="Queue">held, reported, removed or shown.</param>
/// <param name="HeldFor">words, reports or rewritten.</param>
/// <param name="Reports">All, those that were decided about too.</param>
internal sealed record ModeratedReview(
    string Id, string TitleId, string AccountId, string ProfileId, string? Author, int? Rating, string? Text, [property: OneOf(typeof(Queues))] string? Queue, DateTimeOffset Since,
    HoldCause? HeldFor, string? RemovedFor, int Reports, int Helpful, DateTimeOffset CreatedAt, DateTimeOffset EditedAt)
{
    public static ModeratedReview Of(Review review, string? author) => new(
        review.Id, review.TitleId, review.AccountId, review.ProfileId, author, review.Rating, review.Text, review.Queue, review.StateSince, review.HeldFor,
        review.RemovedFor, review.Reports, review.Helpful, review.CreatedAt, review.EditedAt);
}

internal sealed record ModerationPage(IReadOnlyList<ModeratedReview> Items, string? Next);

/// <param name="Reports">A page of them, the latest first.</param>
/// <param name="Next">The <c>after</c> of the next page of reports.</param>
internal sealed record ModerationCase(ModeratedReview Review, IReadOnlyList<ReportAnswer> Reports, string? Next);

/// <param name="AccountId">Empty where it is gone.</param>
internal sealed record ReportAnswer(string AccountId, [property: OneOf(typeof(ReportReasons))] string Reason, string? Note, DateTimeOffset At);

/// <summary>GET: what waits longest first, and one with its reports in pages.</summary>
internal static class ListQueue
{
    /// <param name="state">held, reported, removed or shown.</param>
    /// <param name="accountId">Of this account only.</param>
    public static async Task<Results<Ok<ModerationPage>, ProblemHttpResult>> HandleAsync(
        ReviewStore reviews, NameStore names, CancellationToken stop, [OneOf(typeof(Queues))] string state = Queues.Held, string? accountId = null, int limit = Paging.Usual,
        string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (!Queues.All.Contains(state)) return ReviewProblems.QueueUnknown.ToResult();
        var page = await reviews.QueuedAsync(state, accountId, limit, after, stop);
        var authors = await names.OfAsync([.. page.Items.Select(item => item.Value.ProfileId).Distinct()], stop);
        return TypedResults.Ok(new ModerationPage(
            [.. page.Items.Select(item => ModeratedReview.Of(item.Value, authors.GetValueOrDefault(item.Value.ProfileId)))], page.Next));
    }

    public static async Task<Results<Ok<ModerationCase>, ProblemHttpResult>> OneAsync(
        string id, ReviewStore reviews, NameStore names, MarkStore marks, CancellationToken stop, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (await reviews.GetAsync(id, stop) is not { } review) return ReviewProblems.NotFound.ToResult();
        var page = await marks.ReportsOfAsync(id, limit, after, stop);
        var reports = page.Items.Select(item => item.Value).Select(report => new ReportAnswer(report.AccountId, report.Reason, report.Note, report.At));
        return TypedResults.Ok(new ModerationCase(ModeratedReview.Of(review, await names.OfAsync(review.ProfileId, stop)), [.. reports], page.Next));
    }
}
