using System.Collections.Frozen;
using System.Globalization;
using FlickStream.Platform.Languages;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Search.Terms;

/// <summary>What of a title is looked for.</summary>
/// <param name="ByField">See <see cref="Fields"/>.</param>
/// <param name="Words">Of names, people, genres and tags: what a mistyped word may mean.</param>
/// <param name="Lengths">A bit for each number of words that a name has; see <see cref="NameLengths"/>.</param>
internal sealed record TitleTerms(
    IReadOnlyList<(string Field, IReadOnlyCollection<string> Terms)> ByField, IReadOnlySet<string> Words, ushort Lengths)
{
    // How "&" is said, which is written for it as often.
    private const string And = "and";

    private static readonly FrozenDictionary<string, string> Ands = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["de"] = "und", ["fr"] = "et", ["es"] = "y", ["it"] = "e", ["pt"] = "e", ["nl"] = "en", ["sv"] = "och", ["da"] = "og", ["nb"] = "og", ["no"] = "og",
        ["pl"] = "i", ["cs"] = "a", ["fi"] = "ja", ["tr"] = "ve",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="said">Of the title.</param>
    /// <param name="people">Names of those that it names.</param>
    public static TitleTerms Of(TitleContent said, IEnumerable<string> people)
    {
        var (name, joined, first, person, about, synopsis) = (Set(), Set(), Set(), Set(), Set(), Set());
        ushort lengths = 0;
        foreach (var (language, text) in said.Texts!)
        {
            var words = Text.Words.Of(text!.Name!);
            lengths |= NameLengths.BitOf(words.Count);
            foreach (var word in words) AddNumbered(name, word);
            if (words.Count > 1 && text.Name!.Count(IsAnd) is > 0 and var ands)
            {
                name.Add(And);
                name.Add(Ands.GetValueOrDefault(LanguageTags.LanguageOf(language), And));
                lengths |= NameLengths.BitOf(words.Count + ands);
            }
            if (words.Count > 0) AddNumbered(first, words[0]);
            for (var i = 1; i < words.Count; i++)
            {
                if (words[i - 1].IsGram || words[i].IsGram) continue;
                joined.Add(Join(words[i - 1].Text, words[i].Text));
                if (NumberOf(words[i]) is { } number) joined.Add(Join(words[i - 1].Text, number));
            }

            foreach (var word in Text.Words.Of(text.Synopsis ?? "")) AddNumbered(synopsis, word);
        }

        foreach (var word in people.SelectMany(Text.Words.Of)) Add(person, word);
        var (spelled, named) = (Spelled(name), Spelled(person));

        foreach (var word in said.Genres!.Select(genre => Genres.Names.GetValueOrDefault(genre, genre)).Concat(said.Tags!).SelectMany(Text.Words.Of)) Add(about, word);
        var told = Spelled(about);
        if (said.Year is { } year) about.Add(year.ToString(CultureInfo.InvariantCulture));
        return new(
            [
                (Fields.Name, name), (Fields.StartOf(Fields.Name), StartsOf(spelled)), (Fields.Joined, joined), (Fields.First, first),
                (Fields.StartOf(Fields.First), StartsOf(Spelled(first))), (Fields.Person, person), (Fields.StartOf(Fields.Person), StartsOf(named)),
                (Fields.About, about), (Fields.Said, synopsis),
            ],
            spelled.Concat(named).Concat(told).ToHashSet(StringComparer.Ordinal), lengths);
    }

    private static bool IsAnd(char letter) => letter is '&' or '＆';

    public static string Join(string one, string next) => one.Length + next.Length <= Text.Words.Longest ? one + next : (one + next)[..Text.Words.Longest];

    // A sign is looked for alone, too: it is the first that is typed. So is an Arabic word without its article.
    private static void Add(HashSet<string> to, Word word)
    {
        to.Add(word.Text);
        if (Text.Words.WithoutArticle(word.Text) is { } bare) to.Add(bare);
        if (!word.IsGram) return;
        foreach (var sign in word.Text.EnumerateRunes()) to.Add(sign.ToString());
    }

    // "Rocky II" is "Rocky 2", too. Where it is no numeral, as in the Swedish "Vi är bäst!", it is seldom in capitals.
    private static void AddNumbered(HashSet<string> to, Word word)
    {
        Add(to, word);
        if (NumberOf(word) is { } number) to.Add(number);
    }

    private static string? NumberOf(Word word) => word.IsCapital ? Text.Words.NumberOf(word.Text) : null;

    private static List<string> Spelled(HashSet<string> words) => [.. words.Where(word => !Text.Words.IsGram(word))];

    private static HashSet<string> StartsOf(IEnumerable<string> words)
    {
        var starts = Set();
        foreach (var word in words)
            for (var length = 1; length <= Math.Min(word.Length, Fields.LongestStart); length++) starts.Add(word[..length]);
        return starts;
    }

    private static HashSet<string> Set() => new(StringComparer.Ordinal);
}
