using FlickStream.Platform.Languages;

namespace FlickStream.Portal.Catalog.Titles;

/// <summary>Brings what editors send to the form in which it is kept, or says what is wrong with it. What it names (parent, people, asset) is
/// looked for by <see cref="TitleLinks"/>.</summary>
internal static class TitleRules
{
    public const int MostTexts = 60;

    private const int MostOfName = 300;
    private const int MostOfSynopsis = 5000;
    private const int MostGenres = 10;
    private const int MostPeople = 200;
    private const int MostTags = 50;
    private const int MostOfTag = 50;
    private const int MostWindows = 60;
    private const int MostOfLabel = 30;
    private const int MostOfId = 100;
    private const int MostNumber = 9999;

    public static TitleContent? Tidy(TitleContent content, out Refusal? refusal)
    {
        if ((refusal = KindOf(content)) is not null
            || (refusal = TextsOf(content, out var language, out var texts)) is not null
            || (refusal = ListsOf(content, out var countries, out var tags)) is not null
            || (refusal = PeopleOf(content)) is not null
            || (refusal = RatingOf(content, out var rating)) is not null
            || (refusal = WindowsOf(content, out var windows)) is not null
            || (refusal = MarkerRules.Refuse(content)) is not null)
            return null;
        return content with
        {
            ExternalId = content.ExternalId?.Trim(), OriginalLanguage = language, Texts = texts, Genres = [.. content.Genres ?? []],
            Countries = countries, People = content.People ?? [], Rating = rating, Tags = tags, Windows = windows, Markers = MarkerRules.Tidy(content.Markers),
        };
    }

    private static Refusal? KindOf(TitleContent said) =>
        said.Kind is not { } kind || !Kinds.All.Contains(kind) ? new(TitleProblems.KindInvalid)
        : said.ExternalId is { } external && (external.Trim().Length is 0 or > MostOfId || !IsLine(external)) ? new(TitleProblems.ExternalIdInvalid)
        : (said.Number is not null) != Kinds.IsNumbered(kind) || said.Number is < 0 or > MostNumber ? new(TitleProblems.NumberInvalid)
        : (said.ParentId is not null) != (Kinds.ParentsOf(kind).Count > 0) ? new(TitleProblems.ParentInvalid)
        : said.AssetId is not null && !Kinds.IsPlayed(kind) ? new(TitleProblems.AssetUnfit)
        : said.Year is < 1870 or > 2200 ? new(TitleProblems.YearInvalid)
        : null;

    private static Refusal? ListsOf(TitleContent said, out List<string> countries, out List<string> tags)
    {
        (countries, tags) = ([], []);
        foreach (var one in said.Countries ?? [])
        {
            if (Countries.Of(one) is not { } country || countries.Contains(country)) return new(TitleProblems.CountryUnknown, Shown(one));
            countries.Add(country);
        }

        tags = [.. (said.Tags ?? []).Select(tag => (tag ?? "").Trim().ToLowerInvariant()).Distinct()];
        if (tags.Count > MostTags || tags.Any(tag => tag.Length is 0 or > MostOfTag || tag.Contains('|') || !IsLine(tag))) return new(TitleProblems.TagInvalid);
        var genres = said.Genres ?? [];
        return genres.FirstOrDefault(genre => genre is null || !Genres.Names.ContainsKey(genre)) is { } unknown ? new(TitleProblems.GenreUnknown, Shown(unknown))
            : genres.Count > MostGenres || genres.Any(genre => genre is null) || genres.Distinct().Count() < genres.Count ? new(TitleProblems.GenreUnknown) : null;
    }

    private static Refusal? TextsOf(TitleContent said, out string? original, out SortedDictionary<string, TitleText?> texts)
    {
        texts = new(StringComparer.Ordinal);
        original = LanguageTags.Shortest(said.OriginalLanguage);
        if (original is null) return new(TitleProblems.LanguageInvalid, Shown(said.OriginalLanguage));
        if (said.Texts is not { Count: > 0 and <= MostTexts }) return new(TitleProblems.TextsInvalid);
        foreach (var (tag, text) in said.Texts)
        {
            if (LanguageTags.Shortest(tag) is not { } language || texts.ContainsKey(language)) return new(TitleProblems.LanguageInvalid, Shown(tag));
            var (name, synopsis) = (text?.Name?.Trim() ?? "", text?.Synopsis?.Trim());
            if (name.Length is 0 or > MostOfName || !IsLine(name) || synopsis?.Length > MostOfSynopsis || !IsText(synopsis ?? ""))
                return new(TitleProblems.TextsInvalid, Shown(language));
            texts[language] = new(name, synopsis is "" ? null : synopsis);
        }

        return texts.ContainsKey(original) ? null : new(TitleProblems.TextsInvalid, $"There is no name in {original}.");
    }

    private static Refusal? PeopleOf(TitleContent said)
    {
        var people = said.People ?? [];
        return people.Count <= MostPeople && people.All(IsFine) ? null : new(TitleProblems.CreditInvalid);

        static bool IsFine(Credit? credit) =>
            credit is { PersonId.Length: > 0 and <= MostOfId, Role: { } role } && CreditRoles.All.Contains(role)
            && credit.Character is null or { Length: > 0 and <= MostOfName } && IsLine(credit.Character ?? "");
    }

    private static Refusal? RatingOf(TitleContent said, out MaturityRating? rating)
    {
        rating = null;
        if (said.Rating is not { } given) return null;
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (country, label) in given.Labels ?? new Dictionary<string, string>())
        {
            if (Countries.Of(country) is not { } code || !labels.TryAdd(code, label ?? "")) return new(TitleProblems.CountryUnknown, Shown(country));
            if (label is not { Length: > 0 and <= MostOfLabel } || !IsLine(label)) return new(TitleProblems.RatingInvalid);
        }

        rating = new(given.MinimumAge, labels);
        return given.MinimumAge is >= 0 and <= 18 ? null : new(TitleProblems.RatingInvalid);
    }

    private static Refusal? WindowsOf(TitleContent said, out List<AvailabilityWindow> windows)
    {
        windows = [];
        if (said.Windows?.Count > MostWindows) return new(TitleProblems.WindowInvalid);
        foreach (var window in said.Windows ?? [])
        {
            if (window is not { Regions.Count: > 0 } || window.Until <= window.From) return new(TitleProblems.WindowInvalid);
            var regions = window.Regions.Select(region => region == AvailabilityWindow.Everywhere ? region : Countries.Of(region)).ToList();
            if (regions.Contains(null) || regions.Distinct().Count() < regions.Count) return new(TitleProblems.CountryUnknown);
            windows.Add(window with { Regions = regions!, From = window.From?.ToUniversalTime(), Until = window.Until?.ToUniversalTime() });
        }

        return null;
    }

    /// <summary>Whether stores keep it as it is: without controls and broken surrogates.</summary>
    public static bool IsLine(string text) => IsText(text) && !text.Any(char.IsControl);

    private static bool IsText(string text) => !text.Contains('\0') && text.EnumerateRunes().All(rune => rune.Value != 0xFFFD);

    /// <summary>What was sent, in a length that can be shown.</summary>
    public static string? Shown(string? text) => text is { Length: > 60 } ? $"{text[..60]}…" : text;
}
