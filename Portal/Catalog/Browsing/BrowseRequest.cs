using System.Globalization;
using FlickStream.Platform.Http;
using FlickStream.Platform.Languages;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Http;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>What is looked for. A parameter that is given several times means any of its values; different ones must all hold.</summary>
internal sealed class BrowseRequest
{
    private const int MostValues = 20;
    private const int LongestValue = 100;

    public static readonly Problem FilterInvalid = new(
        "filter_invalid", 400, "Give at most 20 values of 1 to 100 characters a filter, languages as BCP 47 tags, and an age of 0 to 18.");

    /// <summary>movie and series when none is given.</summary>
    [OneOf(typeof(Kinds))]
    public string[]? Kind { get; init; }

    /// <summary>Ids of <c>/api/genres</c>.</summary>
    public string[]? Genre { get; init; }

    /// <summary>The original one.</summary>
    public string[]? OriginalLanguage { get; init; }

    /// <summary>Of production.</summary>
    public string[]? Country { get; init; }

    /// <summary>Ids of <c>/api/people</c>.</summary>
    public string[]? Person { get; init; }

    public string[]? Tag { get; init; }

    public int? YearFrom { get; init; }

    public int? YearTo { get; init; }

    /// <summary>0..18.</summary>
    public int? MaxAge { get; init; }

    /// <summary>popularity, newest, name or year.</summary>
    [OneOf(typeof(CatalogSorts))]
    public string? Sort { get; init; }

    /// <summary>Of names; without it the browser's.</summary>
    public string? Language { get; init; }

    /// <summary>Whether counts by value are wanted.</summary>
    public bool? Facets { get; init; }

    public int? Limit { get; init; }

    public string? After { get; init; }

    /// <summary>What it asks for, by facet, in the form in which titles have it.</summary>
    public IReadOnlyList<(Facet Facet, IReadOnlyList<string> Values)> Filters() =>
    [
        .. from filter in new[]
           {
               (Facet.Kind, Kind is { Length: > 0 } ? Kind : [Kinds.Movie, Kinds.Series]), (Facet.Genre, Genre ?? []),
               (Facet.Language, OriginalLanguage?.Select(tag => LanguageTags.Shortest(tag) ?? "").ToArray() ?? []),
               (Facet.Country, Country?.Select(country => country.ToUpperInvariant()).ToArray() ?? []), (Facet.Person, Person ?? []),
               (Facet.Tag, Tag?.Select(tag => tag.Trim().ToLowerInvariant()).ToArray() ?? []),
           }
           where filter.Item2.Length > 0
           select (filter.Item1, (IReadOnlyList<string>)[.. filter.Item2.Distinct().Order(StringComparer.Ordinal)]),
    ];

    public Problem? Refuse() =>
        Paging.Refuse(Limit ?? Paging.Usual) is not null ? Paging.LimitInvalid
        : Sort is { } sort && !CatalogSorts.All.Contains(sort) ? CatalogSorts.Unknown
        : (Language is not null && LanguageTags.Shortest(Language) is null) || MaxAge is < 0 or > CatalogView.Oldest ? FilterInvalid
        : new[] { Kind, Genre, OriginalLanguage, Country, Person, Tag }.All(IsFine) ? null : FilterInvalid;

    /// <summary>What an answer to it depends on, beside the view: no two different ones have one key, because values hold no line ends.</summary>
    public string KeyFor(int maximumAge, string? language) => string.Join('\n', (IEnumerable<string>)
    [
        .. Filters().SelectMany(filter => filter.Values.Prepend($"\t{filter.Facet}")), "\t",
        string.Create(CultureInfo.InvariantCulture, $"{YearFrom} {YearTo} {MaxAge} {Limit} {Facets} {maximumAge}"),
        Sort ?? "", language ?? "", After ?? "",
    ]);

    private static bool IsFine(string[]? values) =>
        values is null || (values.Length <= MostValues && values.All(value => value is { Length: > 0 and <= LongestValue } && TitleRules.IsLine(value)));
}
