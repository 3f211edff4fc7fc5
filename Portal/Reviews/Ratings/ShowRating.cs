using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Reviews.Ratings;

/// <param name="Mean">Half stars, to a hundredth; null when nobody has rated it.</param>
/// <param name="Distribution">How many gave 1, 2, … 10 half stars.</param>
internal sealed record RatingAnswer(long Count, double? Mean, IReadOnlyList<long> Distribution)
{
    public static RatingAnswer Of(TitleRating rating) => new(rating.Count, rating.Mean, rating.Counts);
}

internal static class ShowRating
{
    public static async Task<Results<Ok<RatingAnswer>, ProblemHttpResult>> HandleAsync(string id, PublicTitles titles, RatingBook ratings, HttpContext http) =>
        await titles.FindAsync(id, http) is null
            ? TitleProblems.NotFound.ToResult() : TypedResults.Ok(RatingAnswer.Of(await ratings.OfAsync(id, http.RequestAborted)));
}
