using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Http;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Http;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Reviews.Names;
using FlickStream.Portal.Reviews.Ratings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Reviews.Reading;

/// <summary>A review as others read it.</summary>
/// <param name="Author">The public name.</param>
/// <param name="Rating">Half stars, 1..10.</param>
/// <param name="Helpful">How many accounts found it so.</param>
internal sealed record ReviewAnswer(string Id, string? Author, int Rating, string Text, int Helpful, DateTimeOffset CreatedAt, DateTimeOffset EditedAt);

/// <param name="Rating">Of the title, by all, those without a text too.</param>
internal sealed record ReviewPage(IReadOnlyList<ReviewAnswer> Items, string? Next, RatingAnswer Rating);

/// <summary>GET: the texts of a title but for those of accounts that are suspended, so that a page may have fewer than it could. A profile for kids is shown
/// none.</summary>
internal static class ListReviews
{
    public const string Newest = "newest";
    public const string Helpful = "helpful";

    /// <param name="sort">newest or helpful.</param>
    public static async Task<Results<Ok<ReviewPage>, ProblemHttpResult>> HandleAsync(
        string id, PublicTitles titles, ReviewStore reviews, RatingBook ratings, NameStore names, ProfileStore profiles, AccountStore accounts, HttpContext http,
        [OneOf(Newest, Helpful)] string sort = Newest, int limit = Paging.Usual, string? after = null)
    {
        var stop = http.RequestAborted;
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (sort is not (Newest or Helpful)) return ReviewProblems.SortUnknown.ToResult();
        if (await titles.FindAsync(id, http) is null) return TitleProblems.NotFound.ToResult();
        var rating = RatingAnswer.Of(await ratings.OfAsync(id, stop));
        if (await profiles.ActingAsync(CallerSession.Find(http.User)) is { Content.IsKids: true })
            return TypedResults.Ok(new ReviewPage([], null, rating));
        var page = await reviews.ListedAsync(id, sort == Helpful, limit, after, stop);
        var suspended = await accounts.SuspendedAsync([.. page.Items.Select(item => item.Value.AccountId)], stop);
        var shown = page.Items.Select(item => item.Value).Where(review => !suspended.Contains(review.AccountId)).ToList();
        var authors = await names.OfAsync([.. shown.Select(review => review.ProfileId)], stop);
        var items = shown.Select(review => new ReviewAnswer(
            review.Id, authors.GetValueOrDefault(review.ProfileId), review.Rating!.Value, review.Text!, review.Helpful, review.CreatedAt, review.EditedAt));
        return TypedResults.Ok(new ReviewPage([.. items], page.Next, rating));
    }
}
