using System.ComponentModel;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Reviews.Ratings;

/// <summary>How a title is rated, by all whose reviews count. Id: the title's.</summary>
[ImmutableObject(true)]
internal sealed record TitleRating
{
    public const int Highest = 10;

    public static readonly DocumentSchema<TitleRating> Schema = new("title_ratings");

    public static readonly TitleRating None = new() { Counts = new long[Highest] };

    /// <summary>How many gave 1, 2, … 10 half stars.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>What was counted last; the review itself may not know of it yet.</summary>
    public CountedReview? Last { get; init; }

    [JsonIgnore]
    public long Count => Counts.Sum();

    /// <summary>Of half stars; null when there are none.</summary>
    [JsonIgnore]
    public double? Mean => Count == 0 ? null : Math.Round(Counts.Select((count, i) => count * (i + 1.0)).Sum() / Count, 2);

    /// <summary>With what a review now is in place of what was counted of it.</summary>
    public TitleRating With(Review review)
    {
        var counts = Counts.ToArray();
        if (review.Counted is { } before) counts[before - 1]--;
        if (review.Contribution is { } now) counts[now - 1]++;
        return new() { Counts = counts, Last = new(review.Id, review.CountedTurn + 1, review.Contribution) };
    }
}

/// <param name="Turn">How often this review was counted, with this time.</param>
/// <param name="Rating">As what it is in the counts now; null when it is in none.</param>
internal sealed record CountedReview(string ReviewId, long Turn, int? Rating);
