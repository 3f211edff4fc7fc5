using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Tests.Search;

public sealed class WordTests
{
    [Theory]
    [InlineData("Ocean's Eleven", "oceans eleven")]
    [InlineData("L'Amour à l’envers", "l amour a l envers")]
    [InlineData("Straße ÆON Łódź İstanbul", "strasse aeon lodz istanbul")]
    [InlineData("e\u0301te\u0301", "ete")]
    [InlineData("Ёжик Й", "ежик и")]
    [InlineData("ΟΔΥΣΣΕΥΣ οδυσσεύς", "οδυσσευσ οδυσσευσ")]
    [InlineData("أَلْفُ ليلةٍ کتاب", "الف ليله كتاب")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("カメラ ｶﾞﾒﾗ", "かめ めら がめ めら")]
    [InlineData("ＷＩＤＥ　１２ ٣", "wide 12 3")]
    [InlineData("七", "七")]
    [InlineData("𠀋𠮟 x", "𠀋𠮟 x")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("*?~\"()&&", "*? ?~ ~\" \"( () )& &&")]
    [InlineData("*? a", "a")]
    [InlineData("$", "$")]
    [InlineData("！!!", "!! !!")]
    [InlineData("🎬 🔥", "🎬🔥")]
    [InlineData("\u0301\u200D\u0000 ", "")]
    [InlineData("❤\uFE0F", "❤")]
    [InlineData("I ❤\uFE0F NY", "i ny")]
    [InlineData("葛\uFE00飾 葛\uDB40\uDD00飾", "葛飾 葛飾")]
    [InlineData("ﬁnal oﬃce ﬂﬀﬅ", "final office flffst")]
    public void Text_is_taken_apart_and_folded(string text, string words) => Assert.Equal(words, string.Join(' ', Words.Of(text).Select(word => word.Text)));

    [Fact]
    public void Near_words_are_those_that_a_table_of_distances_finds()
    {
        var random = new Random(7);
        var words = Enumerable.Range(0, 400).Select(_ => Made(random)).ToHashSet(StringComparer.Ordinal);
        var vocabulary = Of(words);
        for (var i = 0; i < 200; i++)
        {
            var (wanted, edits) = (Made(random), 1 + (i % 2));
            Assert.Equal(
                words.Where(word => Distance(word, wanted) is > 0 and var distance && distance <= edits).Order(StringComparer.Ordinal),
                vocabulary.Near(wanted, edits, isBeginning: false, 1000).Select(near => near.Text).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("termi", "")]
    [InlineData("tremi", "terminator,terminus")]
    [InlineData("tetmi", "terminator,terminus")]
    [InlineData("temi", "terminator,terminus")]
    [InlineData("teermi", "terminator,terminus")]
    [InlineData("terk", "tern")]
    public void Beginnings_are_forgiven_but_for_their_last_letter(string typed, string found)
    {
        var vocabulary = Of(["terminator", "terminus", "tern", "other"]);
        Assert.Equal(found, string.Join(',', vocabulary.Near(typed, 1, isBeginning: true, 10).Select(near => near.Text)));
    }

    [Fact]
    public void A_vocabulary_knows_what_came_and_not_what_went()
    {
        var vocabulary = Of(["b", "d", "a"]).With(new Dictionary<string, int> { ["c"] = 1, ["e"] = 1, ["d"] = 0 });
        Assert.Equal((4, true, false), (vocabulary.Count, vocabulary.Has("c"), vocabulary.Has("d")));
        Assert.Equal((true, false), (Of(["star"]).HasBeginning("st"), vocabulary.HasBeginning("st")));
    }

    [Fact]
    public void Of_near_words_those_are_kept_that_most_titles_have_and_none_that_is_farther()
    {
        var words = Enumerable.Range(0, 26).ToDictionary(at => $"ha{(char)('a' + at)}bour", at => at + 1);
        words["hxxbour"] = 1000;
        var vocabulary = Vocabulary.Empty.With(words);
        Assert.Equal("hazbour 26,haybour 25,haxbour 24", Kept(vocabulary, "ha0bour"));
        vocabulary = vocabulary.With(new Dictionary<string, int> { ["haabour"] = 50, ["hazbour"] = 24, ["haybour"] = 0 });
        Assert.Equal("haabour 50,haxbour 24,hazbour 24", Kept(vocabulary, "ha0bour"));
    }

    private static string Kept(Vocabulary vocabulary, string typed) =>
        string.Join(',', vocabulary.Near(typed, 2, isBeginning: false, 3).Select(near => $"{near.Text} {near.Titles}"));

    private static Vocabulary Of(IEnumerable<string> words) => Vocabulary.Empty.With(words.ToDictionary(word => word, _ => 1));

    private static string Made(Random random) => new([.. Enumerable.Range(0, 1 + random.Next(6)).Select(_ => (char)('a' + random.Next(4)))]);

    private static int Distance(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[one.Length, other.Length];
    }
}
