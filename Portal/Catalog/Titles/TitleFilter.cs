using FlickStream.Platform.Documents;
using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Catalog.Titles;

/// <summary>Which titles an editor looks for; null for all.</summary>
/// <param name="OwnerId">The organisation.</param>
/// <param name="Kind">One of <see cref="Kinds.All"/>.</param>
/// <param name="State">As it is at this moment.</param>
/// <param name="ParentId">What they belong to.</param>
/// <param name="AssetId">What is played.</param>
/// <param name="Name">A part of a name in any language, or of the external id; capitals and accents make no difference.</param>
internal sealed record TitleFilter(
    string? OwnerId = null, string? Kind = null, TitleState? State = null, string? ParentId = null, string? AssetId = null, string? Name = null)
{
    private readonly string? _folded = Name is null ? null : Folding.Of(Name);

    public IReadOnlyList<DocumentFilter> Fields(DateTimeOffset now)
    {
        List<DocumentFilter> fields = [OwnerId is null ? DocumentFilter.AtLeast("created", DateTimeOffset.UnixEpoch) : DocumentFilter.Equal("owner", OwnerId)];
        if (Kind is not null) fields.Add(DocumentFilter.Equal("kind", Kind));
        if (ParentId is not null) fields.Add(DocumentFilter.Equal("parent", ParentId));
        if (AssetId is not null) fields.Add(DocumentFilter.Equal("asset", AssetId));
        if (State is { } state) fields.AddRange(FieldsOf(state, now));
        return fields;
    }

    public bool IsNamed(Title title) => _folded is null || Folding.Of(title.Content.ExternalId!).Contains(_folded, StringComparison.Ordinal)
        || title.Content.Texts!.Values.Any(text => Folding.Of(text!.Name!).Contains(_folded, StringComparison.Ordinal));

    private static IEnumerable<DocumentFilter> FieldsOf(TitleState state, DateTimeOffset now) => state switch
    {
        TitleState.Draft => [Publication(Titles.Publication.Draft)],
        TitleState.Withdrawn => [Publication(Titles.Publication.Withdrawn)],
        TitleState.Scheduled => [Publication(Titles.Publication.Released), DocumentFilter.Above("release", now)],
        _ => [Publication(Titles.Publication.Released), DocumentFilter.AtMost("release", now)],
    };

    private static DocumentFilter Publication(Publication publication) => DocumentFilter.Equal("publication", publication.ToString());
}
