using FlickStream.Portal.Reviews.Words;

namespace FlickStream.Portal.Tests.Reviews;

public sealed class WordListTests
{
    private static readonly WordList List = WordList.Of(["blurb", "Straße", "été", "two words", "ёлка", "σάς", "馬鹿", "crème brûlée"]);

    [Theory]
    [InlineData("What a BLURB!")]
    [InlineData("blúrb")]
    [InlineData("b\u00ADlu\u200Brb")]
    [InlineData("blu\u0301rb")]
    [InlineData("8lur8 or b1urb, never mind: 8lurb")]
    [InlineData("ｂｌｕｒｂ")]
    [InlineData("on the strasse")]
    [InlineData("ETE")]
    [InlineData("two, words")]
    [InlineData("Two\nW0rds")]
    [InlineData("елка")]
    [InlineData("ΣΑΣ")]
    [InlineData("これは馬鹿だ")]
    [InlineData("creme brulee")]
    public void A_word_of_the_list_is_found_however_it_is_spelt(string text) => Assert.True(List.Has(text));

    [Theory]
    [InlineData("")]
    [InlineData("blurbs and superblurb")]
    [InlineData("two other words")]
    [InlineData("two")]
    [InlineData("b l u r b")]
    [InlineData("馬 without the other one")]
    [InlineData("crème")]
    public void What_only_holds_it_is_not(string text) => Assert.False(List.Has(text));

    [Fact]
    public void An_empty_list_finds_nothing() => Assert.False(WordList.Of([]).Has("anything at all"));
}
