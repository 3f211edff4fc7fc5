using FlickStream.Portal.Catalog.Artwork;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Editing;

/// <summary>A title as its editors see it.</summary>
/// <param name="OrganisationId">Whose it is.</param>
/// <param name="State">draft, scheduled, published or withdrawn.</param>
/// <param name="ReleaseAt">When viewers first see it, or saw it.</param>
/// <param name="Revision">As the ETag names it: <c>"r3"</c> for 3.</param>
/// <param name="Content">What a PUT would set.</param>
internal sealed record TitleAnswer(
    string Id, string OrganisationId, TitleState State, DateTimeOffset? ReleaseAt, double Popularity, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt,
    long Revision, TitleContent Content, IReadOnlyList<ArtworkAnswer> Artwork)
{
    public static TitleAnswer Of(Title title, DateTimeOffset now) => new(
        title.Id, title.OwnerId, title.StateAt(now), title.ReleaseAt, title.Popularity, title.CreatedAt, title.ChangedAt, title.Revision, title.Content,
        [.. title.Artwork.Select(image => ArtworkAnswer.Of(title.Id, image))]);
}

internal sealed record TitleList(IReadOnlyList<TitleAnswer> Items, string? Next);
