using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Http;
using FlickStream.Portal.OpenApi;

namespace FlickStream.Portal.Catalog.Titles;

/// <summary>What an editor says of a title: all that a request can set. As it comes from outside anything may be missing; as it is stored
/// everything has the form that <see cref="TitleRules"/> gives it.</summary>
[ImmutableObject(true)]
internal sealed record TitleContent
{
    /// <summary>The organisation's own id for it, 1..100 characters, unique there; without one it is the title's id.</summary>
    [AlwaysAnswered]
    public string? ExternalId { get; init; }

    /// <summary>movie, series, season, episode or extra; it never changes.</summary>
    [Required, OneOf(typeof(Kinds))]
    public string? Kind { get; init; }

    /// <summary>The series of a season, the season of an episode, what an extra belongs to.</summary>
    public string? ParentId { get; init; }

    /// <summary>Of a season or an episode, 0..9999.</summary>
    public int? Number { get; init; }

    /// <summary>BCP 47; there is a name in it.</summary>
    [Required]
    public string? OriginalLanguage { get; init; }

    /// <summary>By language, BCP 47.</summary>
    [Required]
    public IReadOnlyDictionary<string, TitleText?>? Texts { get; init; }

    public int? Year { get; init; }

    /// <summary>Ids of <c>/api/genres</c>.</summary>
    [AlwaysAnswered]
    public IReadOnlyList<string>? Genres { get; init; }

    /// <summary>Of production, ISO 3166-1.</summary>
    [AlwaysAnswered]
    public IReadOnlyList<string>? Countries { get; init; }

    /// <summary>In the order of their importance.</summary>
    [AlwaysAnswered]
    public IReadOnlyList<Credit>? People { get; init; }

    public MaturityRating? Rating { get; init; }

    [AlwaysAnswered]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Where and when it may be seen; none means everywhere and always.</summary>
    public IReadOnlyList<AvailabilityWindow>? Windows { get; init; }

    /// <summary>What is played, of a movie, an episode or an extra.</summary>
    public string? AssetId { get; init; }

    /// <summary>Of what is played; what is not said here is taken from the chapters of the asset.</summary>
    public TitleMarkers? Markers { get; init; }
}

/// <param name="Intro">What viewers may skip.</param>
/// <param name="Credits">From its start on the title counts as seen, and the next one is offered.</param>
internal sealed record TitleMarkers(Marker? Intro = null, Marker? Credits = null);

/// <param name="StartSeconds">From the beginning of the title.</param>
/// <param name="EndSeconds">Exclusive; of credits null: to the end.</param>
internal sealed record Marker([property: Required] double? StartSeconds, double? EndSeconds = null);

/// <param name="Name">1..300 characters.</param>
/// <param name="Synopsis">At most 5000.</param>
internal sealed record TitleText([property: Required] string? Name, string? Synopsis = null);

/// <param name="PersonId">Of <c>/api/people</c>.</param>
/// <param name="Role">One of <see cref="CreditRoles"/>.</param>
/// <param name="Character">Whom an actor plays.</param>
internal sealed record Credit([property: Required] string? PersonId, [property: Required, OneOf(typeof(CreditRoles))] string? Role, string? Character = null);

/// <param name="MinimumAge">0..18.</param>
/// <param name="Labels">What a country calls it, such as DE: FSK 12.</param>
internal sealed record MaturityRating([property: Required] int? MinimumAge, IReadOnlyDictionary<string, string>? Labels = null);

/// <param name="Regions">ISO 3166-1, or * for everywhere.</param>
/// <param name="From">Null: always was.</param>
/// <param name="Until">Exclusive; null: for good.</param>
internal sealed record AvailabilityWindow([property: Required] IReadOnlyList<string>? Regions, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    public const string Everywhere = "*";

    /// <param name="region">Null where it is not known: then only what is for everywhere counts.</param>
    public bool IsOpen(string? region, DateTimeOffset now) => IsIn(region) && !(From > now) && !(Until <= now);

    public bool IsIn(string? region) => Regions!.Contains(Everywhere) || (region is not null && Regions!.Contains(region));
}

internal static class CreditRoles
{
    public static IReadOnlyList<string> All { get; } =
    [
        "director", "creator", "writer", "actor", "voice", "presenter", "narrator", "guest", "producer", "composer", "cinematographer", "editor",
        "designer",
    ];
}
