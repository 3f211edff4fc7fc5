using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>The orders in which titles are browsed.</summary>
internal static class CatalogSorts
{
    public const string Popularity = "popularity";
    public const string Newest = "newest";
    public const string Name = "name";
    public const string Year = "year";

    /// <summary>By number, of what belongs to one title.</summary>
    public const string Number = "number";

    public static readonly Problem Unknown = new("sort_unknown", 400, "Sort by popularity, newest, name or year.");

    public static IReadOnlyList<string> All { get; } = [Popularity, Newest, Name, Year];

    /// <param name="sort">One of them.</param>
    /// <param name="language">In which names are read.</param>
    public static Func<CatalogRow, SortKey> KeyOf(string sort, string? language) => sort switch
    {
        Newest => row => new(-row.ReleaseAt.ToUnixTimeMilliseconds(), "", row.Id),
        Year => row => new(-(row.Year ?? 0), "", row.Id),
        Number => row => new(row.Number ?? int.MaxValue, "", row.Id),
        Name => row => new(0, row.NameIn(language).ToLowerInvariant(), row.Id),
        _ => row => new(-row.Popularity, "", row.Id),
    };
}
