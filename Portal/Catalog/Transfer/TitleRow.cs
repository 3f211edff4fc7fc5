using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Transfer;

/// <summary>A title in a file, as it is exported and imported: it names nothing by our ids but assets.</summary>
internal sealed record TitleRow
{
    /// <summary>What it is known by; needed.</summary>
    public string? ExternalId { get; init; }

    public string? Kind { get; init; }

    /// <summary>Its row is above, or the title is there already.</summary>
    public string? ParentExternalId { get; init; }

    public int? Number { get; init; }

    public string? OriginalLanguage { get; init; }

    public IReadOnlyDictionary<string, TitleText?>? Texts { get; init; }

    public int? Year { get; init; }

    public IReadOnlyList<string>? Genres { get; init; }

    public IReadOnlyList<string>? Countries { get; init; }

    public IReadOnlyList<RowCredit>? People { get; init; }

    public MaturityRating? Rating { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<AvailabilityWindow>? Windows { get; init; }

    public string? AssetId { get; init; }

    public TitleMarkers? Markers { get; init; }

    /// <summary>draft, scheduled, published or withdrawn; null leaves it as it is.</summary>
    public string? State { get; init; }

    public DateTimeOffset? ReleaseAt { get; init; }

    public TitleContent ToContent(string? parentId, IReadOnlyList<Credit> people) => new()
    {
        ExternalId = ExternalId, Kind = Kind, ParentId = parentId, Number = Number, OriginalLanguage = OriginalLanguage, Texts = Texts, Year = Year,
        Genres = Genres, Countries = Countries, People = people, Rating = Rating, Tags = Tags, Windows = Windows, AssetId = AssetId,
        Markers = Markers,
    };

    public static TitleRow Of(Title title, string? parentExternalId, IReadOnlyList<RowCredit> people, DateTimeOffset now) => new()
    {
        ExternalId = title.Content.ExternalId, Kind = title.Content.Kind, ParentExternalId = parentExternalId, Number = title.Content.Number,
        OriginalLanguage = title.Content.OriginalLanguage, Texts = title.Content.Texts, Year = title.Content.Year, Genres = title.Content.Genres,
        Countries = title.Content.Countries, People = people, Rating = title.Content.Rating, Tags = title.Content.Tags, Windows = title.Content.Windows,
        AssetId = title.Content.AssetId, Markers = title.Content.Markers, State = title.StateAt(now).ToString().ToLowerInvariant(), ReleaseAt = title.ReleaseAt,
    };
}

/// <param name="Name">Of a person, who is made when there is none.</param>
/// <param name="Note">What tells two of one name apart.</param>
/// <param name="Role">One of <see cref="CreditRoles"/>.</param>
internal sealed record RowCredit(string? Name, string? Role, string? Character = null, string? Note = null);

/// <param name="Line">1 for the first of the file.</param>
/// <param name="Row">Null when it cannot be read.</param>
/// <param name="Refusal">Why it cannot.</param>
internal sealed record ReadRow(long Line, TitleRow? Row, Refusal? Refusal);
