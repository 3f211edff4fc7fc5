using System.ComponentModel.DataAnnotations;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Reviews.Names;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Reviews.Moderation;

/// <param name="Reason">1..300 characters, for its author.</param>
internal sealed record RemoveReviewRequest([property: Required] string? Reason);

/// <summary>POST: a moderator's decision. A text that its author changes in this moment is decided about anew.</summary>
internal static class DecideReview
{
    private const int MostOfReason = 300;

    /// <summary>Of what is held or reported.</summary>
    public static Task<Results<Ok<ModeratedReview>, ProblemHttpResult>> ApproveAsync(
        string id, ReviewStore reviews, NameStore names, AuditLog audit, TimeProvider time, HttpContext http) => DecideAsync(
        id, new("review_approved", "", review => review.Queue is Queues.Held or Queues.Reported, review => ReviewMoves.Show(review, time.GetUtcNow())),
        reviews, names, audit, http);

    /// <summary>Of whatever is not removed.</summary>
    public static async Task<Results<Ok<ModeratedReview>, ProblemHttpResult>> RemoveAsync(
        string id, RemoveReviewRequest request, ReviewStore reviews, NameStore names, AuditLog audit, TimeProvider time, HttpContext http)
    {
        if (ReviewText.Tidy(request.Reason) is not { Length: <= MostOfReason } reason || !ReviewText.IsText(reason))
            return ReviewProblems.RemovalReasonInvalid.ToResult();
        var move = new Move("review_removed", reason, review => review.Queue is not (Queues.Removed or null), review => ReviewMoves.Remove(review, reason, time.GetUtcNow()));
        return await DecideAsync(id, move, reviews, names, audit, http);
    }

    /// <summary>Of what was removed.</summary>
    public static Task<Results<Ok<ModeratedReview>, ProblemHttpResult>> RestoreAsync(
        string id, ReviewStore reviews, NameStore names, AuditLog audit, TimeProvider time, HttpContext http) => DecideAsync(
        id, new("review_restored", "", review => review.Queue is Queues.Removed, review => ReviewMoves.Show(review, time.GetUtcNow())), reviews, names, audit, http);

    private static async Task<Results<Ok<ModeratedReview>, ProblemHttpResult>> DecideAsync(
        string id, Move move, ReviewStore reviews, NameStore names, AuditLog audit, HttpContext http)
    {
        if (await reviews.GetAsync(id, http.RequestAborted) is not { } seen) return ReviewProblems.NotFound.ToResult();
        if (!move.IsFit(seen)) return ReviewProblems.MoveUnfit.ToResult();
        await audit.AddAsync(http, move.Action, $"review:{id}", move.Detail);
        var isDone = false;
        var decided = await reviews.ChangeAsync(
            id, review => (isDone = move.IsFit(review) && review.Text == seen.Text) ? move.Make(review) : null, CancellationToken.None);
        return decided is null ? ReviewProblems.NotFound.ToResult()
            : !isDone ? ReviewProblems.MoveUnfit.ToResult()
            : TypedResults.Ok(ModeratedReview.Of(decided, await names.OfAsync(decided.ProfileId, http.RequestAborted)));
    }

    /// <param name="Action">As it is told.</param>
    /// <param name="Detail">As it is told.</param>
    /// <param name="IsFit">Of which reviews.</param>
    /// <param name="Make">Pure.</param>
    private sealed record Move(string Action, string Detail, Func<Review, bool> IsFit, Func<Review, Review> Make);
}
