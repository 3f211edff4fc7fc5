using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Reviews.Ratings;

/// <summary>The titles that a profile has rated and did not take back.</summary>
internal sealed class RatedTitles(IDocuments documents) : ProfileTitles(documents, Schema)
{
    public static readonly DocumentSchema<TitlesOfProfile> Schema = TitlesOfProfile.SchemaOf("rated_titles");

    private readonly IDocumentSet<Review> _reviews = documents.Set(Review.Schema);

    protected override IAsyncEnumerable<string> FindAsync(string profileId, string? titleId, CancellationToken cancellationToken)
    {
        var its = DocumentFilter.Equal("profile", profileId);
        return _reviews.QueryAllAsync(new() { Filters = titleId is null ? [its] : [its, DocumentFilter.Equal("title", titleId)], Limit = 500 }, cancellationToken)
            .Where(review => review.Value is { State: not ReviewState.Deleted, Rating: not null }).Select(review => review.Value.TitleId);
    }
}
