using FlickStream.Search.Bench;

namespace FlickStream.Portal.Tests.Search;

/// <summary>What <c>./bench search</c> measures the site's search beside.</summary>
public sealed class SqliteSearchTests : IDisposable
{
    private static readonly BenchTitle[] Titles =
    [
        // Shares runs of letters with the second, and is found by no word.
        Title("decoy", "Riet Tous", "", "Eve Ek"), Title("harbour", "The Quiet Harbour", "storm", "Ann Ahlberg"), Title("summer", "L'Été dernier", "sea", "Ben Berg"),
        Title("sea", "海の道", "road", "Cem Can"), Title("storm", "Storm", "quiet", "Dan Dahl"),
    ];

    private readonly SqliteSearch _search = new(Titles);

    public void Dispose() => _search.Dispose();

    [Theory]
    [InlineData("h", "harbour")]
    [InlineData("quiet harb", "harbour")]
    [InlineData("quiet", "harbour")]
    [InlineData("storm", "storm")]
    [InlineData("ete", "summer")]
    [InlineData("ahlb", "harbour")]
    [InlineData("quiet hrabour", "harbour")]
    [InlineData("Stormm", "storm")]
    [InlineData("海の道", "sea")]
    public void It_finds_names_before_texts_half_typed_words_people_and_typos(string text, string first) => Assert.Equal(first, _search.Find(text, Asked.Top)[0]);

    [Theory]
    [InlineData("\"")]
    [InlineData("qq OR (")]
    [InlineData("names: NEAR")]
    public void What_its_language_of_queries_means_is_only_text(string text) => Assert.Empty(_search.Find(text, Asked.Top));

    [Fact]
    public void What_was_asked_is_counted_by_kind_and_beside_another()
    {
        Query[] queries = [new("names", "a", "1"), new("names", "b", "2"), new("names", "c", "3"), new("names", "d", "4"), new("letters", "e", null)];
        var asked = Asked.Of(queries, query => query.Text switch { "a" => ["1"], "b" => ["0", "2"], "c" => ["0", "0", "0", "0", "0", "3"], _ => [] });
        (string, int, double?, double?)[] expected = [("names", 4, 0.5, 0.25), ("letters", 1, null, null), ("all", 5, null, null)];
        Assert.Equal(expected, asked.Select(kind => (kind.Kind, kind.Took.Length, kind.Found, kind.First)));
        var beside = asked[0] with { Took = [2, 4], Cpu = 3, Found = 1 };
        Assert.EndsWith("2.00      2.00      2.00      2.00   1.00, first 1.00", (beside with { Took = [4, 8], Cpu = 6 }).Beside(beside), StringComparison.Ordinal);
    }

    private static BenchTitle Title(string id, string name, string synopsis, string person) => BenchTitle.Of(id, [("en", name)], synopsis, ["drama"], [person], null, 0);
}
