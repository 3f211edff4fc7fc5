using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>The movies and series that a profile has watched, by its progress: kept for good.</summary>
internal sealed class WatchedTitles(IDocuments documents) : ProfileTitles(documents, Schema)
{
    public static readonly DocumentSchema<TitlesOfProfile> Schema = TitlesOfProfile.SchemaOf("watched_titles");

    private readonly IDocumentSet<Progress> _progress = documents.Set(Progress.Schema);

    protected override async Task<bool> IsTrueAsync(string profileId, string titleId, CancellationToken cancellationToken) =>
        await WatchedAsync([DocumentFilter.Equal("profile", profileId), DocumentFilter.Equal("work", titleId)], cancellationToken).AnyAsync(cancellationToken);

    protected override IAsyncEnumerable<string> AllAsync(string profileId, CancellationToken cancellationToken) =>
        WatchedAsync([DocumentFilter.Equal("profile", profileId)], cancellationToken);

    private IAsyncEnumerable<string> WatchedAsync(DocumentFilter[] filters, CancellationToken cancellationToken) =>
        _progress.QueryAllAsync(new() { Filters = filters, Limit = 500 }, cancellationToken)
            .Where(progress => progress.Value.HasBeenWatched).Select(progress => progress.Value.WorkId);
}
