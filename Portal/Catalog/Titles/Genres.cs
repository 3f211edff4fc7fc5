using System.Collections.Frozen;

namespace FlickStream.Portal.Catalog.Titles;

/// <summary>One vocabulary for all studios, so that what viewers choose from stays short. What it lacks is a tag.</summary>
internal static class Genres
{
    private const string Table =
        """
        action Action, adventure Adventure, animation Animation, anime Anime, biography Biography, comedy Comedy, crime Crime,
        documentary Documentary, drama Drama, family Family, fantasy Fantasy, game-show Game show, history History, horror Horror,
        kids Kids, music Music, musical Musical, mystery Mystery, nature Nature, news News, reality Reality, romance Romance,
        science-fiction Science fiction, short Short, sport Sport, stand-up Stand-up, talk Talk, thriller Thriller, travel Travel, war War,
        western Western
        """;

    /// <summary>English names by id.</summary>
    public static FrozenDictionary<string, string> Names { get; } = Table
        .Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(row => row.Split(' ', 2)).ToFrozenDictionary(cells => cells[0], cells => cells[1], StringComparer.Ordinal);
}
