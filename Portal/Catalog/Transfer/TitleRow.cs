using System.Text.Json.Serialization;
using FlickStream.Platform.Languages;
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

    /// <summary>The members of its object, or the columns of its file: what is not among them stays as the title has it. Null: all.</summary>
    [JsonIgnore]
    public IReadOnlySet<string>? Told { get; init; }

    public bool Tells(string name) => Told?.Contains(name) ?? true;

    public TitleContent ToContent(string? parentId, IReadOnlyList<Credit> people) => new()
    {
        ExternalId = ExternalId, Kind = Kind, ParentId = parentId, Number = Number, OriginalLanguage = OriginalLanguage, Texts = Texts, Year = Year,
        Genres = Genres, Countries = Countries, People = people, Rating = Rating, Tags = Tags, Windows = Windows, AssetId = AssetId,
        Markers = Markers,
    };

    /// <summary>The row's content, and the title's of what the row does not tell.</summary>
    public TitleContent Over(TitleContent there, TitleContent own)
    {
        if (Told is null) return own;
        return own with
        {
            Kind = Tells("kind") ? own.Kind : there.Kind,
            ParentId = Tells("parentExternalId") ? own.ParentId : there.ParentId,
            Number = Tells("number") ? own.Number : there.Number,
            OriginalLanguage = Tells("originalLanguage") ? own.OriginalLanguage : there.OriginalLanguage,
            Texts = Tells("texts") ? own.Texts : TextsOver(there.Texts, own.Texts),
            Year = Tells("year") ? own.Year : there.Year,
            Genres = Tells("genres") ? own.Genres : there.Genres,
            Countries = Tells("countries") ? own.Countries : there.Countries,
            People = Tells("people") ? own.People : there.People,
            Rating = Tells("rating") ? own.Rating : RatingOver(there.Rating, own.Rating),
            Tags = Tells("tags") ? own.Tags : there.Tags,
            Windows = Tells("windows") ? own.Windows : there.Windows,
            AssetId = Tells("assetId") ? own.AssetId : there.AssetId,
            Markers = Tells("markers") ? own.Markers : there.Markers,
        };
    }

    // Of columns, of which there are two a language.
    private Dictionary<string, TitleText?> TextsOver(IReadOnlyDictionary<string, TitleText?>? there, IReadOnlyDictionary<string, TitleText?>? own)
    {
        var texts = new Dictionary<string, TitleText?>(there ?? new Dictionary<string, TitleText?>(), StringComparer.Ordinal);
        foreach (var language in Told!.Where(CsvColumns.IsOfText).Select(CsvColumns.LanguageOf).Distinct())
        {
            var tag = LanguageTags.Shortest(language) ?? language;
            var (before, wanted) = (there?.GetValueOrDefault(tag), own?.GetValueOrDefault(language) ?? own?.GetValueOrDefault(tag));
            var name = Tells(CsvColumns.Name + language) ? wanted?.Name : before?.Name;
            var synopsis = Tells(CsvColumns.Synopsis + language) ? wanted?.Synopsis : before?.Synopsis;
            texts.Remove(tag);
            if ((name ?? synopsis) is not null) texts[tag] = new(name, synopsis);
        }

        return texts;
    }

    // The same of its two columns.
    private MaturityRating? RatingOver(MaturityRating? there, MaturityRating? own)
    {
        var age = Tells("minimumAge") ? own?.MinimumAge : there?.MinimumAge;
        var labels = Tells("ratingLabels") ? own?.Labels : there?.Labels;
        return age is null && labels is null ? null : new(age, labels);
    }

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
