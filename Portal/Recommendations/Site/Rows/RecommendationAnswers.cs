using FlickStream.Portal.Catalog.Browsing;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>What a viewer is shown, row by row; no title is in two.</summary>
/// <param name="ModelFrom">When the model was made; null while there is none, and rows are by popularity.</param>
internal sealed record RecommendationPage(IReadOnlyList<RecommendationRow> Rows, DateTimeOffset? ModelFrom);

/// <param name="Kind">forYou, becauseYouWatched, newForYou, popular or watchAgain.</param>
/// <param name="Because">Of becauseYouWatched: the title that was watched.</param>
/// <param name="Language">Of popular: of its titles; null where they are of every language.</param>
internal sealed record RecommendationRow(string Kind, WatchedTitle? Because, string? Language, IReadOnlyList<RecommendedTitle> Items);

/// <param name="Because">The watched title without which this one would be recommended less; null where there is none.</param>
internal sealed record RecommendedTitle(TitleCard Title, WatchedTitle? Because);

internal sealed record WatchedTitle(string Id, string Name);
