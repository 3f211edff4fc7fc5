using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Profiles;

/// <summary>Id: the profile's.</summary>
[ImmutableObject(true)]
internal sealed record TitlesOfProfile
{
    public required string AccountId { get; init; }

    /// <summary>Until then it is being made.</summary>
    public bool IsWhole { get; init; }

    public IReadOnlyList<string> TitleIds { get; init; } = [];

    public static DocumentSchema<TitlesOfProfile> SchemaOf(string name) =>
        new DocumentSchema<TitlesOfProfile>(name).Field("account", titles => titles.AccountId).Index("account");
}

/// <summary>
/// Titles of which something is true for a profile, in one document: a request reads them at once, however many they are. It follows from other documents.
/// It is made of them when it is first asked for, and whoever changes one of them afterwards calls <see cref="FollowAsync"/>.
/// </summary>
internal abstract class ProfileTitles(IDocuments documents, DocumentSchema<TitlesOfProfile> schema)
{
    private readonly IDocumentSet<TitlesOfProfile> _titles = documents.Set(schema);

    public async Task<IReadOnlyList<string>> ReadAsync(Profile profile, CancellationToken cancellationToken)
    {
        var known = await _titles.GetAsync(profile.Id, cancellationToken);
        while (known is not { Value.IsWhole: true })
        {
            if (known is null)
            {
                if (!await FindAsync(profile.Id, null, cancellationToken).AnyAsync(cancellationToken)) return [];
                known = await _titles.InsertAsync(profile.Id, new() { AccountId = profile.AccountId }, cancellationToken);
            }
            else
            {
                // Read after it was inserted: what changes meanwhile is told to it, and the write below fails.
                var titles = await FindAsync(profile.Id, null, cancellationToken).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
                known = await _titles.ReplaceAsync(profile.Id, known.Version, known.Value with { IsWhole = true, TitleIds = [.. titles] }, cancellationToken);
            }

            known ??= await _titles.GetAsync(profile.Id, cancellationToken);
        }

        return known.Value.TitleIds;
    }

    /// <summary>To be called after what it follows from was changed for a title. Any number of nodes may do so at once.</summary>
    public async Task FollowAsync(string profileId, string titleId, CancellationToken cancellationToken)
    {
        // Where there is none yet, whoever makes it finds the change.
        while (await _titles.GetAsync(profileId, cancellationToken) is { } known)
        {
            var isTrue = await FindAsync(profileId, titleId, cancellationToken).AnyAsync(cancellationToken);
            var others = known.Value.TitleIds.Where(id => id != titleId);
            // Written even where nothing changes: whoever read what is followed before it was changed must fail.
            var next = known.Value with { TitleIds = [.. isTrue ? others.Append(titleId) : others] };
            if (await _titles.ReplaceAsync(profileId, known.Version, next, cancellationToken) is not null) return;
        }
    }

    /// <summary>For a title of which it has been true since before: whoever made it so may have died before it was followed.</summary>
    public async Task CatchUpAsync(string profileId, string titleId, CancellationToken cancellationToken)
    {
        if (await _titles.GetAsync(profileId, cancellationToken) is { } known && !known.Value.TitleIds.Contains(titleId))
            await FollowAsync(profileId, titleId, cancellationToken);
    }

    public Task DeleteAsync(string profileId, CancellationToken cancellationToken) => _titles.DeleteAsync(profileId, null, cancellationToken);

    public Task DeleteAllAsync(string accountId, CancellationToken cancellationToken) =>
        _titles.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, cancellationToken);

    /// <summary>Those of which it is true, in any order; one may come more than once.</summary>
    /// <param name="titleId">Null: all of them.</param>
    protected abstract IAsyncEnumerable<string> FindAsync(string profileId, string? titleId, CancellationToken cancellationToken);
}
