using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Shelves;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Reviews.Marks;

/// <summary>Who could have reviewed a title themselves: an account alone costs nothing.</summary>
internal sealed class Reviewers(ReviewStore reviews, SeenTitles seen, ShelfStore shelves, IOptions<ReviewOptions> options)
{
    /// <param name="reviewId">A review of the title.</param>
    /// <param name="http">Of who asks.</param>
    public async Task<bool> MayReviewAsync(string reviewId, HttpContext http)
    {
        var (watcher, _) = await seen.WatcherAsync(http);
        if (watcher is null || await reviews.GetAsync(reviewId, http.RequestAborted) is not { } review || watcher.Find(review.TitleId) is not { } title) return false;
        return !options.Value.OnlyWatched || await shelves.HasWatchedAsync(watcher.Profile.Id, title, options.Value.WatchedFrom, http.RequestAborted);
    }
}
