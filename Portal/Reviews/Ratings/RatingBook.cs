using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Reviews.Ratings;

/// <summary>
/// Keeps the ratings of titles in step with their reviews, which are other documents: no write changes both. A rating says which review it counted
/// last, and nobody counts the next one before that review knows it. So each change is counted once, whichever node dies between the two writes,
/// and a rating is read as one document.
/// </summary>
internal sealed class RatingBook(IDocuments documents)
{
    private readonly IDocumentSet<Review> _reviews = documents.Set(Review.Schema);
    private readonly IDocumentSet<TitleRating> _ratings = documents.Set(TitleRating.Schema);

    public async Task<TitleRating> OfAsync(string titleId, CancellationToken cancellationToken) =>
        (await _ratings.GetAsync(titleId, cancellationToken))?.Value ?? TitleRating.None;

    /// <summary>Of at most 1000 titles; those that nobody rated are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, TitleRating>> OfAsync(IReadOnlyList<string> titleIds, CancellationToken cancellationToken) =>
        (await _ratings.GetManyAsync(titleIds, cancellationToken)).ToDictionary(rating => rating.Key, rating => rating.Value.Value, StringComparer.Ordinal);

    /// <summary>Counts a review as it now is. Any number of nodes may do so at once, and again.</summary>
    public async Task CountAsync(string titleId, string reviewId, CancellationToken cancellationToken)
    {
        while (true)
        {
            // In this order: were the review counted by another after this is read, the rating would be another, and the write below would fail.
            var rating = await _ratings.GetAsync(titleId, cancellationToken);
            if (rating?.Value.Last is { } last) await NoteAsync(last, cancellationToken);
            if ((await _reviews.GetAsync(reviewId, cancellationToken))?.Value is not { IsCounted: false } review) return;
            var next = (rating?.Value ?? TitleRating.None).With(review);
            var written = rating is null
                ? await _ratings.InsertAsync(titleId, next, cancellationToken) : await _ratings.ReplaceAsync(titleId, rating.Version, next, cancellationToken);
            if (written is not null) await NoteAsync(next.Last!, cancellationToken);
        }
    }

    /// <summary>Whoever comes late with an earlier turn changes nothing.</summary>
    private Task<Stored<Review>?> NoteAsync(CountedReview counted, CancellationToken cancellationToken) => _reviews.UpdateAsync(
        counted.ReviewId,
        review => review.CountedTurn < counted.Turn ? review with { Counted = counted.Rating, CountedTurn = counted.Turn } : null,
        cancellationToken);
}
