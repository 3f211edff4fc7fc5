using FlickStream.Platform.Http;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Artwork;

/// <param name="Role">poster, backdrop, still or logo.</param>
/// <param name="Language">Of words in it; null for all.</param>
/// <param name="Url">Followed by a width, a dot and a format it is a file: <c>…/360.avif</c>.</param>
/// <param name="Width">Of the largest, in pixels.</param>
/// <param name="Height">Of the largest, in pixels.</param>
/// <param name="Widths">Ascending.</param>
/// <param name="Formats">The smallest files first.</param>
internal sealed record ArtworkAnswer(
    [property: OneOf(typeof(ArtworkRoles))] string Role, string? Language, string Url, int Width, int Height, IReadOnlyList<int> Widths, IReadOnlyList<string> Formats)
{
    public static ArtworkAnswer Of(string titleId, ArtworkImage image) => new(
        image.Role, image.Language, $"/api/artwork/{titleId}/{image.Id}/", image.Width, image.Height, image.Widths, image.Formats);

    /// <summary>One a role, in the viewer's language where there is one, else without words, else any.</summary>
    public static IReadOnlyList<ArtworkAnswer> For(string titleId, IReadOnlyList<ArtworkImage> images, string? language) => images is [var only] ? [Of(titleId, only)] :
    [
        .. images.GroupBy(image => image.Role).Select(role => Of(titleId, role
            .OrderBy(image => image.Language is { } of && of == language ? 0 : image.Language is null ? 1 : 2).First())),
    ];
}
