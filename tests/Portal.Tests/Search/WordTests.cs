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
        var vocabulary = Vocabulary.Empty.With(words, new HashSet<string>());
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
        var vocabulary = Vocabulary.Empty.With(["terminator", "terminus", "tern", "other"], new HashSet<string>());
        Assert.Equal(found, string.Join(',', vocabulary.Near(typed, 1, isBeginning: true, 10).Select(near => near.Text)));
    }

    [Fact]
    public void A_vocabulary_knows_what_came_and_not_what_went()
    {
        var vocabulary = Vocabulary.Empty.With(["b", "d", "a"], new HashSet<string>()).With(["c", "e"], new HashSet<string> { "d" });
        Assert.Equal((4, true, false), (vocabulary.Count, vocabulary.Has("c"), vocabulary.Has("d")));
        Assert.Equal((true, false), (Vocabulary.Empty.With(["star"], new HashSet<string>()).HasBeginning("st"), vocabulary.HasBeginning("st")));
    }

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
