using FlickStream.Platform.Languages;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Profiles;

/// <summary>Brings what people send to the form in which it is kept, or says what is wrong with it.</summary>
internal static class ProfileRules
{
    public const int Oldest = 18;

    private const int MostOfName = 40;
    private const int MostLanguages = 8;
    private const int MostGenres = 10;
    private const int OldestKid = 12;

    public static IReadOnlyList<string> Avatars { get; } = ["fox", "owl", "cat", "dog", "bear", "panda", "whale", "robot", "rocket", "star", "moon", "tree"];

    public static ProfileContent? Tidy(ProfileContent content, out Problem? problem)
    {
        var name = content.Name?.Trim() ?? "";
        var languages = (content.Languages ?? []).Select(LanguageTags.Shortest).ToList();
        var genres = content.FavouriteGenres ?? [];
        var age = content.MaximumAge ?? (content.IsKids ? OldestKid : Oldest);
        var captions = content.Captions ?? new CaptionChoice(false);
        var spoken = LanguageTags.Shortest(captions.Language);
        problem = name.Length is 0 or > MostOfName || !TitleRules.IsLine(name) ? ProfileProblems.NameInvalid
            : content.Avatar is { } avatar && !Avatars.Contains(avatar) ? ProfileProblems.AvatarUnknown
            : languages.Contains(null) || languages.Count > MostLanguages || languages.Distinct().Count() < languages.Count ? ProfileProblems.LanguageInvalid
            : captions.Language is not null && spoken is null ? ProfileProblems.LanguageInvalid
            : genres.Count > MostGenres || genres.Distinct().Count() < genres.Count || !genres.All(genre => genre is not null && Genres.Names.ContainsKey(genre))
                ? ProfileProblems.GenreUnknown
            : age is < 0 or > Oldest || (content.IsKids && age > OldestKid) ? ProfileProblems.AgeInvalid
            : null;
        return problem is not null ? null : content with
        {
            Name = name, Avatar = content.Avatar ?? Avatars[0], Languages = languages!, FavouriteGenres = genres, MaximumAge = age,
            Captions = captions with { Language = spoken },
        };
    }

    public static bool IsPin(string? pin) => pin is { Length: >= 4 and <= 6 } && pin.All(char.IsAsciiDigit);
}
