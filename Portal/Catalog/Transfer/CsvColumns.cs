using System.Globalization;
using System.Text.Json;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Transfer;

/// <summary>A title as the cells of a line. Lists of words are parted by |; what has parts is JSON; texts have two columns a language,
/// <c>name:en</c> and <c>synopsis:en</c>.</summary>
internal static class CsvColumns
{
    public const string Name = "name:";
    public const string Synopsis = "synopsis:";

    // What a spreadsheet would take for a formula (OWASP, CSV injection), and the mark itself, so that it can be taken away again.
    private const string Formulas = "=+-@\t\r'";

    public static IReadOnlyList<string> Fixed { get; } =
    [
        "externalId", "kind", "parentExternalId", "number", "originalLanguage", "year", "genres", "countries", "people", "minimumAge", "ratingLabels",
        "tags", "windows", "assetId", "markers", "state", "releaseAt",
    ];

    public static int Most => Fixed.Count + (2 * TitleRules.MostTexts);

    public static bool IsColumn(string name) => Fixed.Contains(name)
        || (name.StartsWith(Name, StringComparison.Ordinal) && name.Length > Name.Length)
        || (name.StartsWith(Synopsis, StringComparison.Ordinal) && name.Length > Synopsis.Length);

    public static bool IsOfText(string column) => column.StartsWith(Name, StringComparison.Ordinal) || column.StartsWith(Synopsis, StringComparison.Ordinal);

    public static string LanguageOf(string column) => column[(column.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public static string[] Header(IEnumerable<string> languages) => [.. Fixed, .. languages.SelectMany(language => new[] { Name + language, Synopsis + language })];

    public static string[] Cells(TitleRow row, IReadOnlyList<string> header) => [.. header.Select(column => Guarded(CellOf(row, column)))];

    /// <exception cref="FormatException">A cell is not what its column holds.</exception>
    /// <exception cref="JsonException">A cell is no JSON.</exception>
    public static TitleRow RowOf(IReadOnlyList<string> header, Func<int, string> cellAt)
    {
        var cells = Enumerable.Range(0, header.Count).ToDictionary(i => header[i], i => Unguarded(cellAt(i)), StringComparer.Ordinal);
        var languages = header.Where(IsOfText).Select(LanguageOf).Distinct();
        var texts = languages.Select(language => KeyValuePair.Create(language, TextOf(language))).Where(text => text.Value is not null);
        return new TitleRow
        {
            Told = cells.Keys.ToHashSet(StringComparer.Ordinal),
            ExternalId = Cell("externalId"), Kind = Cell("kind"), ParentExternalId = Cell("parentExternalId"), Number = NumberOf("number"),
            OriginalLanguage = Cell("originalLanguage"), Texts = texts.ToDictionary(), Year = NumberOf("year"), Genres = WordsOf("genres"),
            Countries = WordsOf("countries"), People = PartsOf<List<RowCredit>>("people"),
            Rating = Cell("minimumAge") is null && Cell("ratingLabels") is null ? null : new(NumberOf("minimumAge"), PartsOf<Dictionary<string, string>>("ratingLabels")),
            Tags = WordsOf("tags"), Windows = PartsOf<List<AvailabilityWindow>>("windows"), AssetId = Cell("assetId"),
            Markers = PartsOf<TitleMarkers>("markers"), State = Cell("state"),
            ReleaseAt = Cell("releaseAt") is { } at ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null,
        };

        string? Cell(string column) => cells.GetValueOrDefault(column) is { Length: > 0 } text ? text : null;

        int? NumberOf(string column) => Cell(column) is { } text ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new FormatException($"{column} is no number.") : null;

        List<string>? WordsOf(string column) => Cell(column)?.Split('|', StringSplitOptions.TrimEntries).ToList();

        T? PartsOf<T>(string column)
            where T : class => Cell(column) is { } text ? JsonSerializer.Deserialize<T>(text, JsonLines.Written) : null;

        TitleText? TextOf(string language) =>
            (Cell(Name + language), Cell(Synopsis + language)) is var (name, synopsis) && (name ?? synopsis) is not null ? new(name, synopsis) : null;
    }

    private static string? CellOf(TitleRow row, string column) => column switch
    {
        "externalId" => row.ExternalId,
        "kind" => row.Kind,
        "parentExternalId" => row.ParentExternalId,
        "number" => row.Number?.ToString(CultureInfo.InvariantCulture),
        "originalLanguage" => row.OriginalLanguage,
        "year" => row.Year?.ToString(CultureInfo.InvariantCulture),
        "genres" => Words(row.Genres),
        "countries" => Words(row.Countries),
        "people" => Parts(row.People, row.People?.Count),
        "minimumAge" => row.Rating?.MinimumAge?.ToString(CultureInfo.InvariantCulture),
        "ratingLabels" => Parts(row.Rating?.Labels, row.Rating?.Labels?.Count),
        "tags" => Words(row.Tags),
        "windows" => Parts(row.Windows, row.Windows?.Count),
        "assetId" => row.AssetId,
        "markers" => Parts(row.Markers, row.Markers is null ? 0 : 1),
        "state" => row.State,
        "releaseAt" => row.ReleaseAt?.ToString("o", CultureInfo.InvariantCulture),
        _ when column.StartsWith(Name, StringComparison.Ordinal) => row.Texts?.GetValueOrDefault(column[Name.Length..])?.Name,
        _ => row.Texts?.GetValueOrDefault(column[Synopsis.Length..])?.Synopsis,
    };

    private static string? Words(IReadOnlyList<string>? words) => words is null ? null : string.Join('|', words);

    private static string? Parts(object? parts, int? count) => count is > 0 ? JsonSerializer.Serialize(parts, JsonLines.Written) : null;

    private static string Guarded(string? text) => text is { Length: > 0 } && Formulas.Contains(text[0]) ? $"'{text}" : text ?? "";

    private static string Unguarded(string text) => text is ['\'', var next, ..] && Formulas.Contains(next) ? text[1..] : text;
}
