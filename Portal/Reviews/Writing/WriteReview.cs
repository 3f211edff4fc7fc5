using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Reviews.Names;
using FlickStream.Portal.Reviews.Words;
using FlickStream.Portal.Watching.Playing;
using FlickStream.Portal.Watching.Shelves;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Reviews.Writing;

/// <param name="Rating">Half stars, 1..10.</param>
/// <param name="Text">At most 4000 characters; none for a rating alone.</param>
internal sealed record ReviewRequest([property: Required] int? Rating, string? Text = null);

/// <summary>PUT: what the profile says of a title, in place of what it said before.</summary>
internal static class WriteReview
{
    private const int MostOfText = 4000;

    public static async Task<Results<Ok<OwnReview>, ProblemHttpResult>> HandleAsync(
        string id, ReviewRequest request, SeenTitles seen, ShelfStore shelves, ReviewStore reviews, NameStore names, WordStore words,
        IOptions<ReviewOptions> options, TimeProvider time, HttpContext http)
    {
        var stop = http.RequestAborted;
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (watcher.Find(id) is not { } title) return TitleProblems.NotFound.ToResult();
        if (title.Row.Kind is Kinds.Season or Kinds.Extra) return ReviewProblems.NotReviewed.ToResult();
        if (request.Rating is not (int rating and >= 1 and <= Ratings.TitleRating.Highest)) return ReviewProblems.RatingInvalid.ToResult();
        var text = ReviewText.Tidy(request.Text);
        if (text is not null && await RefuseTextAsync(text, watcher, names, stop) is { } unfit) return unfit.ToResult();
        var known = await reviews.FindAsync(watcher.Profile.Id, id, stop);
        if (known?.Rating is null && options.Value.OnlyWatched && !await shelves.HasWatchedAsync(watcher.Profile.Id, title, options.Value.WatchedFrom, stop))
            return ReviewProblems.NotWatched.ToResult();

        var hasForbidden = text is not null && (await words.ListAsync(stop)).Has(text);
        var now = time.GetUtcNow();
        var review = await reviews.PutAsync(watcher.Profile, id, before => ReviewMoves.Write(before, rating, text, hasForbidden, now), CancellationToken.None);
        return TypedResults.Ok(OwnReview.Of(review, watcher));
    }

    private static async Task<Problem?> RefuseTextAsync(string text, Watcher watcher, NameStore names, CancellationToken stop) =>
        text.Length > MostOfText || !ReviewText.IsText(text) ? ReviewProblems.TextInvalid
        : watcher.Profile.Content.IsKids ? ReviewProblems.TextNotForKids
        : await names.OfAsync(watcher.Profile.Id, stop) is null ? ReviewProblems.NameNeeded
        : null;
}
