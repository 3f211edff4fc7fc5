using FlickStream.Platform.Http;
using FlickStream.Portal.Catalog.Browsing;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>What a viewer is shown, row by row; no movie or series is in two.</summary>
/// <param name="ModelFrom">When the model was made; null while there is none, and rows are by popularity.</param>
internal sealed record RecommendationPage(IReadOnlyList<RecommendationRow> Rows, DateTimeOffset? ModelFrom);

/// <param name="Kind">continueWatching, forYou, becauseYouWatched, becauseYouLoved, newForYou, popular, watchAgain or discover; alone moreLikeThis.</param>
/// <param name="Because">Of becauseYouWatched and becauseYouLoved: the title that was watched, or rated high without; of moreLikeThis: the one that was asked about.</param>
/// <param name="Language">Of popular: of its titles; null where they are of every language.</param>
internal sealed record RecommendationRow(
    [property: OneOf("continueWatching", "forYou", "becauseYouWatched", "becauseYouLoved", "newForYou", "popular", "watchAgain", "discover", "moreLikeThis")] string Kind, NamedTitle? Because, string? Language, IReadOnlyList<RecommendedTitle> Items);

/// <param name="Why">What brought it here.</param>
/// <param name="Because">The watched or loved title without which this one would be recommended less, or the one that it is like; null where none is.</param>
/// <param name="Genre">Of favouriteGenre: which.</param>
/// <param name="Progress">Of begun: where it goes on.</param>
internal sealed record RecommendedTitle(TitleCard Title, Why Why, NamedTitle? Because = null, string? Genre = null, BegunTitle? Progress = null);

internal sealed record NamedTitle(string Id, string Name);

/// <param name="Series">Of an episode.</param>
/// <param name="PositionSeconds">Where it goes on.</param>
/// <param name="DurationSeconds">0 of one that was not played yet.</param>
/// <param name="IsNext">The one before was seen to its end.</param>
internal sealed record BegunTitle(NamedTitle? Series, double PositionSeconds, double DurationSeconds, bool IsNext);

internal enum Why
{
    /// <summary>It is not seen to its end, or another episode waits.</summary>
    Begun,

    /// <summary>For what was watched: the title in because speaks for it most.</summary>
    Watched,

    /// <summary>For what was rated high and is not among what was watched: the title in because speaks for it most.</summary>
    Loved,

    /// <summary>It is on the watchlist.</summary>
    Wished,

    FavouriteGenre,

    /// <summary>It is like the title in because.</summary>
    Alike,

    New,

    /// <summary>The profile's taste speaks for it, and no single title of it can be named.</summary>
    Taste,

    /// <summary>Many watch it.</summary>
    Popular,

    /// <summary>It was seen to its end long ago.</summary>
    SeenBefore,

    /// <summary>Nothing is known of who would like it.</summary>
    Unknown,
}
