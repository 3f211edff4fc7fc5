using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Watching.Shelves;

/// <summary>The movies and series that a profile has watched, by its progress: kept for good.</summary>
internal sealed class WatchedTitles(IDocuments documents) : ProfileTitles(documents, Schema)
{
    public static readonly DocumentSchema<TitlesOfProfile> Schema = TitlesOfProfile.SchemaOf("watched_titles");

    private readonly IDocumentSet<Progress> _progress = documents.Set(Progress.Schema);

    protected override IAsyncEnumerable<string> FindAsync(string profileId, string? titleId, CancellationToken cancellationToken)
    {
        var its = DocumentFilter.Equal("profile", profileId);
        return _progress.QueryAllAsync(new() { Filters = titleId is null ? [its] : [its, DocumentFilter.Equal("work", titleId)], Limit = 500 }, cancellationToken)
            .Where(progress => progress.Value.HasBeenWatched).Select(progress => progress.Value.WorkId);
    }
}
