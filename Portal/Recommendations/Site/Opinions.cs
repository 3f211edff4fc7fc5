using FlickStream.Portal.Reviews;

namespace FlickStream.Portal.Recommendations.Site;

/// <param name="HalfStars">1..10.</param>
internal sealed record RatedTitle(string TitleId, int HalfStars, DateTimeOffset At)
{
    /// <summary>4 stars and more.</summary>
    public bool IsLoved => HalfStars >= 8;

    /// <summary>2 stars and less.</summary>
    public bool IsDisliked => HalfStars <= 4;

    /// <summary>Null of one that its author took back. What a moderator removed is still its author's taste.</summary>
    public static RatedTitle? Of(Review review) =>
        review is { State: not ReviewState.Deleted, Rating: { } rating } ? new(review.TitleId, rating, review.EditedAt) : null;
}

/// <summary>What a profile says of titles, beside watching them.</summary>
/// <param name="Ratings">One a title.</param>
/// <param name="Wishes">Its watchlist, the latest first.</param>
/// <param name="Dismissed">What it is not interested in.</param>
internal sealed record Opinions(IReadOnlyList<RatedTitle> Ratings, IReadOnlyList<string> Wishes, IReadOnlyList<string> Dismissed)
{
    public static readonly Opinions None = new([], [], []);
}
