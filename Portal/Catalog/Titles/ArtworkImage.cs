namespace FlickStream.Portal.Catalog.Titles;

/// <summary>An uploaded image, encoded anew to a few widths in a few formats.</summary>
/// <param name="Id">Begins with the hash of what was uploaded; its files never change.</param>
/// <param name="Role">poster, backdrop, still or logo.</param>
/// <param name="Language">BCP 47, of words in it; null for all.</param>
/// <param name="Width">Of the largest file, in pixels.</param>
/// <param name="Height">Of the largest file, in pixels.</param>
/// <param name="Widths">Ascending.</param>
/// <param name="Formats">File name extensions, the smallest files first.</param>
internal sealed record ArtworkImage(
    string Id, string Role, string? Language, int Width, int Height, IReadOnlyList<int> Widths, IReadOnlyList<string> Formats);

/// <param name="Id">Of the image.</param>
/// <param name="Since">When it became so.</param>
internal sealed record SpareArtwork(string Id, DateTimeOffset Since);
