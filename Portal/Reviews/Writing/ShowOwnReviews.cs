using FlickStream.Portal.Http;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Reviews.Writing;

/// <summary>GET: what the profile said, of one title or of all, the newest first.</summary>
internal static class ShowOwnReviews
{
    public static async Task<Results<Ok<OwnReview>, ProblemHttpResult>> OneAsync(string id, SeenTitles seen, ReviewStore reviews, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        return await reviews.FindAsync(watcher.Profile.Id, id, http.RequestAborted) is { Rating: not null } review
            ? TypedResults.Ok(OwnReview.Of(review, watcher)) : ReviewProblems.NotFound.ToResult();
    }

    public static async Task<Results<Ok<OwnReviews>, ProblemHttpResult>> AllAsync(
        SeenTitles seen, ReviewStore reviews, HttpContext http, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        var page = await reviews.OfProfileAsync(watcher.Profile.Id, limit, after, http.RequestAborted);
        return TypedResults.Ok(new OwnReviews(
            [.. page.Items.Where(item => item.Value.Rating is not null).Select(item => OwnReview.Of(item.Value, watcher))], page.Next));
    }
}
