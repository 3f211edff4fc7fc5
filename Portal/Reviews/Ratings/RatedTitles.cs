using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Reviews.Ratings;

/// <summary>The titles that a profile has rated and did not take back.</summary>
internal sealed class RatedTitles(IDocuments documents) : ProfileTitles(documents, Schema)
{
    public static readonly DocumentSchema<TitlesOfProfile> Schema = TitlesOfProfile.SchemaOf("rated_titles");

    private readonly IDocumentSet<Review> _reviews = documents.Set(Review.Schema);

    protected override async Task<bool> IsTrueAsync(string profileId, string titleId, CancellationToken cancellationToken) =>
        await RatedAsync([DocumentFilter.Equal("profile", profileId), DocumentFilter.Equal("title", titleId)], cancellationToken).AnyAsync(cancellationToken);

    protected override IAsyncEnumerable<string> AllAsync(string profileId, CancellationToken cancellationToken) =>
        RatedAsync([DocumentFilter.Equal("profile", profileId)], cancellationToken);

    private IAsyncEnumerable<string> RatedAsync(DocumentFilter[] filters, CancellationToken cancellationToken) =>
        _reviews.QueryAllAsync(new() { Filters = filters, Limit = 500 }, cancellationToken)
            .Where(review => review.Value is { State: not ReviewState.Deleted, Rating: not null }).Select(review => review.Value.TitleId);
}
