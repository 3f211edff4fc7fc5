namespace FlickStream.Portal.Catalog.Artwork;

/// <summary>What an image is for, and the sizes that it is made in for it.</summary>
internal static class ArtworkRoles
{
    private static readonly OrderedDictionary<string, int[]> Widths = new(StringComparer.Ordinal)
    {
        ["poster"] = [180, 360, 720], ["backdrop"] = [480, 960, 1920], ["still"] = [320, 640, 1280], ["logo"] = [240, 480],
    };

    public static IReadOnlyList<string> All { get; } = [.. Widths.Keys];

    /// <summary>In pixels, the smallest first; null for what is no role.</summary>
    public static int[]? WidthsOf(string role) => Widths.GetValueOrDefault(role);
}
