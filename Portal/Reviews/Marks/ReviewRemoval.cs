namespace FlickStream.Portal.Reviews.Marks;

/// <summary>Takes reviews out whole, with what others said of them. May be done again after it failed half way.</summary>
internal sealed class ReviewRemoval(ReviewStore reviews, MarkStore marks, TimeProvider time)
{
    /// <param name="field">account or profile: whose.</param>
    /// <param name="id">Of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RemoveOfAsync(string field, string id, CancellationToken cancellationToken)
    {
        await reviews.ForgetRatedAsync(field, id, cancellationToken);
        await foreach (var (_, _, review) in reviews.OfAsync(field, id, cancellationToken))
        {
            await reviews.ChangeAsync(review.Id, now => ReviewMoves.Delete(now, time.GetUtcNow()), cancellationToken);
            await FinishAsync(review, cancellationToken);
        }
    }

    /// <summary>Of one that is marked as deleted; of others nothing is taken.</summary>
    public async Task FinishAsync(Review review, CancellationToken cancellationToken)
    {
        if (await reviews.GetAsync(review.Id, cancellationToken) is not null) return;
        await marks.DeleteOfReviewAsync(review.Id, cancellationToken);
        await reviews.FinishAsync(review, cancellationToken);
    }
}
