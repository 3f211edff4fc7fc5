using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Profiles;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Reviews.Ratings;

/// <param name="Count">How many rated it.</param>
/// <param name="Mean">Half stars, to a hundredth; null when nobody has rated it.</param>
/// <param name="Own">Half stars that the acting profile gave; null where it gave none, and for who is not signed in.</param>
internal sealed record RatedTitleAnswer(string TitleId, long Count, double? Mean, int? Own);

internal sealed record RatingList(IReadOnlyList<RatedTitleAnswer> Items);

/// <summary>GET: how the titles of a page are rated, in two readings for all of them. What is not seen is left out.</summary>
internal static class ListRatings
{
    private const int Most = 200;

    public static readonly Problem TitlesInvalid = new("titles_invalid", 400, $"Name 1 to {Most} titles, as ?title=ID&title=ID.");

    /// <param name="title">Ids of titles.</param>
    public static async Task<Results<Ok<RatingList>, ProblemHttpResult>> HandleAsync(
        PublicTitles titles, RatingBook ratings, ReviewStore reviews, ProfileStore profiles, HttpContext http, [FromQuery] string[]? title = null)
    {
        var stop = http.RequestAborted;
        if (title is not { Length: > 0 and <= Most }) return TitlesInvalid.ToResult();
        var seen = await titles.SeenAsync([.. title.Distinct()], http);
        var profile = await profiles.ActingAsync(CallerSession.Find(http.User));
        var (readingAll, readingOwn) = (ratings.OfAsync(seen, stop), reviews.OwnRatingsAsync(profile?.Id, seen, stop));
        await Task.WhenAll(readingAll, readingOwn);
        var (all, own) = (await readingAll, await readingOwn);
        return TypedResults.Ok(new RatingList([.. seen.Select(id => AnswerOf(id, all.GetValueOrDefault(id, TitleRating.None)))]));

        RatedTitleAnswer AnswerOf(string id, TitleRating rating) => new(id, rating.Count, rating.Mean, own.TryGetValue(id, out var given) ? given : null);
    }
}
