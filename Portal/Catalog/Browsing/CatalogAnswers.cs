using FlickStream.Platform.Http;
using FlickStream.Portal.Catalog.Artwork;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>A title in a list.</summary>
/// <param name="Kind">movie, series, season, episode or extra.</param>
/// <param name="Name">In the language asked for, or the nearest there is.</param>
/// <param name="MinimumAge">From which it may be seen.</param>
/// <param name="ReleaseAt">When it was published.</param>
internal sealed record TitleCard(
    string Id, [property: OneOf(typeof(Kinds))] string Kind, string Name, string? ParentId, int? Number, int? Year, int MinimumAge, IReadOnlyList<string> Genres, DateTimeOffset ReleaseAt,
    double Popularity, IReadOnlyList<ArtworkAnswer> Artwork);

/// <param name="Next">The <c>after</c> of the next page; null at the end.</param>
/// <param name="Total">All that fit, of which these are some.</param>
/// <param name="Facets">Where asked for.</param>
internal sealed record BrowsePage(IReadOnlyList<TitleCard> Items, string? Next, int Total, BrowseFacets? Facets);

/// <summary>How many would be found by each value, with all other filters as they are.</summary>
/// <param name="Decade">By its first year.</param>
internal sealed record BrowseFacets(
    IReadOnlyList<FacetCount> Kind, IReadOnlyList<FacetCount> Genre, IReadOnlyList<FacetCount> OriginalLanguage, IReadOnlyList<FacetCount> Country,
    IReadOnlyList<FacetCount> MinimumAge, IReadOnlyList<FacetCount> Decade);

internal sealed record FacetCount(string Value, int Count);

/// <summary>A title as its page shows it.</summary>
/// <param name="Language">Of name and synopsis.</param>
/// <param name="OriginalName">In <paramref name="OriginalLanguage"/>.</param>
/// <param name="RatingLabel">What the viewer's country calls the rating.</param>
/// <param name="IsPlayed">Whether it is itself watched, as movies and episodes are.</param>
/// <param name="DurationSeconds">Null where nothing is played, or how long it is is not known yet.</param>
/// <param name="AudioLanguages">BCP 47, in the order of its tracks; empty where nothing is played, or none is known yet.</param>
/// <param name="CaptionLanguages">In which what is said can be read.</param>
/// <param name="Parents">What it belongs to, the nearest first.</param>
internal sealed record TitlePage(
    string Id, [property: OneOf(typeof(Kinds))] string Kind, string Name, string? Synopsis, string Language, string OriginalName, string OriginalLanguage, int? Number, int? Year,
    int MinimumAge, string? RatingLabel, IReadOnlyList<string> Genres, IReadOnlyList<string> Countries, IReadOnlyList<CreditAnswer> People,
    IReadOnlyList<string> Tags, DateTimeOffset ReleaseAt, double Popularity, bool IsPlayed, double? DurationSeconds,
    IReadOnlyList<string> AudioLanguages, IReadOnlyList<string> CaptionLanguages, IReadOnlyList<ParentAnswer> Parents,
    IReadOnlyList<ArtworkAnswer> Artwork);

internal sealed record CreditAnswer(string PersonId, string Name, [property: OneOf(typeof(CreditRoles))] string Role, string? Character);

internal sealed record ParentAnswer(string Id, [property: OneOf(typeof(Kinds))] string Kind, string Name, int? Number);
