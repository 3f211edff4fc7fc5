using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Watching.Tracks;

/// <summary>Remembers languages of sound and text, so that nobody chooses them anew for each episode.</summary>
internal sealed class TrackStore(IDocuments documents)
{
    private readonly IDocumentSet<TrackChoices> _choices = documents.Set(TrackChoices.Schema);

    /// <summary>That of the movie or series, else the last of any, else what the profile says of itself.</summary>
    public async Task<TrackChoice> ForAsync(Profile profile, string workId, CancellationToken cancellationToken)
    {
        var known = (await _choices.GetAsync(profile.Id, cancellationToken))?.Value;
        return known?.Works.FirstOrDefault(work => work.WorkId == workId)?.Choice ?? known?.Last ?? Usual(profile.Content);
    }

    public async Task PutAsync(Profile profile, string workId, TrackChoice choice, CancellationToken cancellationToken)
    {
        var first = new TrackChoices { AccountId = profile.AccountId }.With(workId, choice);
        while (await _choices.UpdateAsync(profile.Id, known => known.With(workId, choice), cancellationToken) is null)
            if (await _choices.InsertAsync(profile.Id, first, cancellationToken) is not null) return;
    }

    public Task DeleteAsync(string profileId, CancellationToken cancellationToken) => _choices.DeleteAsync(profileId, null, cancellationToken);

    public async Task<IReadOnlyList<TrackChoices>> OfAccountAsync(string accountId, CancellationToken cancellationToken) =>
        [.. (await _choices.QueryAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, cancellationToken)).Items.Select(item => item.Value)];

    public Task DeleteAllAsync(string accountId, CancellationToken cancellationToken) =>
        _choices.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, cancellationToken);

    private static TrackChoice Usual(ProfileContent profile) => new(
        profile.Languages is [var dearest, ..] ? new(dearest) : null,
        profile.Captions is { } captions ? new(captions.AreOn, captions.Language ?? (profile.Languages is [var first, ..] ? first : null)) : null);
}
