using FlickStream.Portal.Reviews.Marks;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Reviews.Writing;

/// <summary>DELETE: the profile says nothing of the title any more.</summary>
internal static class TakeBackReview
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, SeenTitles seen, ReviewStore reviews, ReviewRemoval removal, TimeProvider time, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (await reviews.FindAsync(watcher.Profile.Id, id, http.RequestAborted) is not { Rating: not null } review) return ReviewProblems.NotFound.ToResult();
        if (await reviews.ChangeAsync(review.Id, now => ReviewMoves.Withdraw(now, time.GetUtcNow()), CancellationToken.None) is null)
            await removal.FinishAsync(review, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
