using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Watching.Playing;

namespace FlickStream.Portal.Reviews.Writing;

/// <summary>A review as its author sees it.</summary>
/// <param name="Title">Null where the profile does not see it now.</param>
/// <param name="Rating">Half stars, 1..10.</param>
/// <param name="State">shown, held or removed.</param>
/// <param name="RemovedFor">The moderator's reason.</param>
/// <param name="Helpful">How many accounts found it so.</param>
internal sealed record OwnReview(
    string Id, string TitleId, TitleCard? Title, int Rating, string? Text, ReviewState State, string? RemovedFor, int Helpful, DateTimeOffset CreatedAt,
    DateTimeOffset EditedAt)
{
    public static OwnReview Of(Review review, Watcher? watcher) => new(
        review.Id, review.TitleId, watcher?.CardOf(review.TitleId), review.Rating ?? 0, review.Text, review.State, review.RemovedFor, review.Helpful,
        review.CreatedAt, review.EditedAt);
}

internal sealed record OwnReviews(IReadOnlyList<OwnReview> Items, string? Next);
