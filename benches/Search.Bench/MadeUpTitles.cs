using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Search.Bench;

/// <summary>Titles of made-up words in eight languages and six scripts. Few words are in many names, as in true catalogs, and no two titles have one
/// name.</summary>
internal sealed class MadeUpTitles
{
    private const int WordsOfALanguage = 12_000;
    private const int WordsOfASynopsis = 40;
    private const double MostPlays = 1_000_000;

    // Language, beginnings of syllables, their ends.
    private static readonly (string Language, string[] Starts, string[] Ends)[] Sounds =
    [
        ("en", ["b", "br", "c", "ch", "d", "f", "fl", "g", "h", "l", "m", "n", "p", "r", "s", "sh", "st", "t", "th", "w"], ["a", "e", "i", "o", "ar", "en", "ing", "er", "on", "ight", "ow", "y"]),
        ("de", ["b", "d", "f", "g", "h", "k", "l", "m", "r", "s", "sch", "st", "t", "w", "z"], ["a", "e", "ei", "ü", "ö", "ä", "en", "er", "ung", "acht", "ich"]),
        ("fr", ["b", "c", "d", "f", "l", "m", "n", "p", "r", "s", "t", "v"], ["a", "é", "è", "ou", "eau", "on", "er", "ê", "ie", "ment"]),
        ("es", ["b", "c", "d", "f", "l", "m", "n", "ñ", "p", "r", "s", "t", "v"], ["a", "á", "e", "o", "ó", "í", "ar", "os", "as", "ión"]),
        ("ru", ["б", "в", "г", "д", "ж", "з", "к", "л", "м", "н", "п", "р", "с", "т", "ч"], ["а", "е", "ё", "и", "о", "у", "ы", "ов", "ая", "ий"]),
        ("el", ["β", "γ", "δ", "θ", "κ", "λ", "μ", "ν", "π", "ρ", "σ", "τ", "φ"], ["α", "ά", "ε", "ί", "ο", "ό", "ος", "η", "ές", "ών"]),
        ("ar", ["ب", "ت", "ج", "ح", "د", "ر", "س", "ش", "ع", "ف", "ق", "ك", "ل", "م", "ن"], ["ا", "ي", "و", "ة", "ار", "ين"]),
        ("ja", ["海", "山", "風", "雨", "月", "星", "花", "夜", "道", "空", "川", "火", "森", "島", "声", "影", "歌", "旅"], ["", "の", "と", "人", "日", "心", "家", "町"]),
    ];

    private readonly Random _random;
    private readonly string[][] _words;

    private MadeUpTitles(int seed)
    {
        _random = new(seed);
        _words = [.. Sounds.Select(sound => WordsOf(sound.Starts, sound.Ends))];
    }

    public static BenchTitle[] Make(int titles, int seed) => new MadeUpTitles(seed).Make(titles);

    private BenchTitle[] Make(int titles)
    {
        var (taken, genres) = (new HashSet<string>(StringComparer.Ordinal), Genres.Names.Keys.Order(StringComparer.Ordinal).ToArray());
        var people = Enumerable.Range(0, Math.Max(10, titles / 3)).Select(_ => $"{Word(0, 1)} {Word(_random.Next(4), 1)}").ToArray();
        return
        [
            .. Enumerable.Range(0, titles).Select(at =>
            {
                // Four of ten are in the first language; half of the others have a name in it too.
                var language = _random.Next(10) < 4 ? 0 : 1 + _random.Next(Sounds.Length - 1);
                List<(string, string)> names = [(Sounds[language].Language, NewName(language, taken))];
                if (language > 0 && _random.Next(2) == 0) names.Add((Sounds[0].Language, NewName(0, taken)));
                return BenchTitle.Of(
                    $"{at:x16}", names, string.Join(' ', Enumerable.Range(0, WordsOfASynopsis).Select(_ => Word(language, 2))),
                    Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => genres[_random.Next(genres.Length)]).Distinct().ToArray(),
                    Enumerable.Range(0, 3).Select(_ => people[_random.Next(people.Length)]), 1950 + _random.Next(75), MostPlays / (1 + _random.Next(titles)));
            }),
        ];
    }

    private string NewName(int language, HashSet<string> taken)
    {
        while (true)
        {
            var name = string.Join(' ', Enumerable.Range(0, 1 + _random.Next(4)).Select(_ => Word(language, 1)));
            if (taken.Add(name)) return name;
        }
    }

    // The higher the power, the more often the first words.
    private string Word(int language, int power) => _words[language][(int)(Math.Pow(_random.NextDouble(), power + 1) * WordsOfALanguage)];

    private string[] WordsOf(string[] starts, string[] ends)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < WordsOfALanguage)
        {
            var syllables = 2 + _random.Next(3);
            words.Add(string.Concat(Enumerable.Range(0, syllables).Select(_ => starts[_random.Next(starts.Length)] + ends[_random.Next(ends.Length)])));
        }

        return [.. words];
    }
}
