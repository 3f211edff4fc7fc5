using FlickStream.Portal.Catalog.Artwork;

namespace FlickStream.Portal.Sharing;

/// <summary>Which picture of a title other sites are given: a wide one where there is one, in a format that all of them read.</summary>
internal static class SharedPictures
{
    private const int Widest = 1280;

    private static readonly string[] Roles = ["backdrop", "still", "poster"];

    /// <param name="artwork">Of the title, one a role.</param>
    /// <param name="mostWidth">In pixels.</param>
    /// <param name="mostHeight">In pixels.</param>
    /// <returns>Null where none fits.</returns>
    public static SharedPicture? Choose(IReadOnlyList<ArtworkAnswer> artwork, int? mostWidth = null, int? mostHeight = null)
    {
        foreach (var role in Roles)
        {
            if (artwork.FirstOrDefault(image => image.Role == role) is not { } image) continue;
            if (image.Formats.FirstOrDefault(format => format is "jpg" or "png") is not { } format) continue;
            var fitting = image.Widths.Select(width => Of(image, width, format))
                .Where(picture => picture.Width <= (mostWidth ?? Widest) && picture.Width <= Widest && !(picture.Height > mostHeight));
            if (fitting.LastOrDefault() is { } chosen) return chosen;
        }

        return null;
    }

    private static SharedPicture Of(ArtworkAnswer image, int width, string format) => new(
        FormattableString.Invariant($"{image.Url}{width}.{format}"), width, Math.Max(1, (int)Math.Round((double)image.Height * width / image.Width)),
        image.Width > image.Height);
}
