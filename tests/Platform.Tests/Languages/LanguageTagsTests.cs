using FlickStream.Platform.Languages;

namespace FlickStream.Platform.Tests.Languages;

public sealed class LanguageTagsTests
{
    [Theory]
    [InlineData("eng", "en", "English")]
    [InlineData("fre", "fr", "French")]
    [InlineData("fra", "fr", "French")]
    [InlineData("FR", "fr", "French")]
    [InlineData("ger", "de", "German")]
    [InlineData("chi", "zh", "Chinese")]
    [InlineData("zh-hant-tw", "zh-Hant-TW", "Chinese (Hant-TW)")]
    [InlineData("por_br", "pt-BR", "Portuguese (BR)")]
    [InlineData("es-419", "es-419", "Spanish (419)")]
    [InlineData("iw", "he", "Hebrew")]
    [InlineData("zul", "zu", "Zulu")]
    [InlineData("aar", "aa", "Afar")]
    [InlineData("yue", "yue", "Cantonese")]
    [InlineData("mul", "mul", "Several languages")]
    [InlineData("zxx", "zxx", "No speech")]
    [InlineData("qaa", "qaa", null)]
    public void A_language_gets_its_shortest_tag_and_its_name(string written, string tag, string? name)
    {
        Assert.Equal(tag, LanguageTags.Shortest(written));
        Assert.Equal(tag, LanguageTags.Shortest(tag));
        Assert.Equal(name, LanguageTags.NameOf(tag));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("und")]
    [InlineData("English")]
    [InlineData("e\"n")]
    [InlineData("en-")]
    [InlineData("-en")]
    [InlineData("12")]
    [InlineData("en-a-b-c-d-e")]
    [InlineData("en-abcdefghi")]
    public void What_is_no_language_gets_none(string? written) => Assert.Null(LanguageTags.Shortest(written));

    [Fact]
    public void Every_language_of_two_letters_is_known_by_name_and_by_three_letters()
    {
        var letters = Enumerable.Range('a', 26).Select(c => (char)c).ToList();
        var known = (from a in letters from b in letters let tag = $"{a}{b}" where LanguageTags.NameOf(tag) is not null select tag).ToList();

        // 184 of ISO 639-1, and five that it has withdrawn.
        Assert.Equal(189, known.Count);
        var byThree = from a in letters from b in letters from c in letters select LanguageTags.Shortest($"{a}{b}{c}");
        Assert.Equal(184, byThree.Where(tag => tag?.Length == 2).Distinct().Count());
        Assert.All(known, tag => Assert.Matches("^\\p{Lu}", LanguageTags.NameOf(tag)));
    }
}
