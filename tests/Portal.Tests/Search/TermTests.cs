using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search;
using FlickStream.Portal.Search.Terms;

namespace FlickStream.Portal.Tests.Search;

/// <summary>More rows than a vector holds, of which many or few have a word.</summary>
public sealed class TermTests
{
    private const int Titles = 300;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_many_rows_have_is_found_alike_the_first_time_and_from_what_is_kept()
    {
        using var index = new TermIndex();
        for (var row = 0; row < Titles; row++) index.Put(row, [(Fields.Name, row % 2 == 0 ? ["river", $"n{row}"] : [$"n{row}"])]);
        Assert.Equal(Enumerable.Range(0, Titles / 2).Select(row => 2 * row), Raised(index.Read(), "river"));
        index.Remove(4);
        index.Put(5, [(Fields.Name, ["river"])]);
        var edited = index.Read();
        int[] expected = [0, 2, 5, .. Enumerable.Range(3, (Titles / 2) - 3).Select(row => 2 * row)];
        Assert.Equal(expected, Raised(edited, "river"));
        Assert.Equal([7], Raised(edited, "n7"));
        Assert.Empty(Raised(edited, "n999"));
    }

    [Fact]
    public void Every_row_is_counted_for_every_word()
    {
        using var engine = new SearchEngine();
        var titles = Enumerable.Range(0, Titles).Select(number => Named($"{number:d4}", number % 3 == 0 ? $"River {number}" : $"Lake {number}")).ToList();
        var snapshot = CatalogSnapshot.Empty.With(titles.ToDictionary(title => title.Id, CatalogRow.Of));
        foreach (var title in titles) engine.Put(snapshot.Find(title.Id)!.Value, TitleTerms.Of(title.Content, []));
        using var state = engine.Publish(snapshot);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(Titles / 3, Find("river").Total);
            Assert.Equal("River 297", Assert.Single(Find("river 297").Items).Name);
            Assert.Equal("Lake 298", Assert.Single(Find("298 lake").Items).Name);
            // No title has both, and so those are shown that have one.
            Assert.Equal(Titles, Find("river lake").Total);
            // Nor has any a word that none has.
            Assert.Equal((Titles / 3, Titles / 3, 0), (Find("desert river").Total, Find("river desert").Total, Find("desert dune").Total));
        }

        BrowsePage Find(string words) =>
            SearchFinder.Find(state, snapshot.ViewOf(null, Now), SearchQuery.Of(words)!, new(), CatalogView.Oldest, "en");
    }

    [Theory]
    [InlineData("river")]
    [InlineData("river bank")]
    public void Titles_of_as_many_points_follow_by_id_page_by_page_whenever_they_came(string words)
    {
        using var engine = new SearchEngine();
        var ids = Enumerable.Range(0, Titles).Select(number => $"{number:d4}").ToArray();
        new Random(7).Shuffle(ids);
        var snapshot = CatalogSnapshot.Empty;
        foreach (var some in ids.Chunk(Titles / 3))
        {
            var titles = some.Select(id => Named(id, id[^1] == '0' ? "River" : "River Bank")).ToList();
            snapshot = snapshot.With(titles.ToDictionary(title => title.Id, CatalogRow.Of));
            foreach (var title in titles) engine.Put(snapshot.Find(title.Id)!.Value, TitleTerms.Of(title.Content, []));
        }

        using var state = engine.Publish(snapshot);
        var expected = ids.Where(id => words == "river" || id[^1] != '0').OrderBy(id => id[^1] == '0' ? 0 : 1).ThenBy(id => id, StringComparer.Ordinal);
        Assert.Equal(expected, Pages(null).SelectMany(page => page.Items.Select(item => item.Id)));

        IEnumerable<BrowsePage> Pages(string? after)
        {
            var page = SearchFinder.Find(
                state, snapshot.ViewOf(null, Now), SearchQuery.Of(words)!, new() { Limit = 7, After = after }, CatalogView.Oldest, "en");
            return page.Next is null ? [page] : Pages(page.Next).Prepend(page);
        }
    }

    [Theory]
    [InlineData("كتاب", "book|sand")]
    [InlineData("الكتاب", "book|sand")]
    [InlineData("الكتا", "book|sand")]
    [InlineData("رمل", "sand")]
    [InlineData("بحر", "sea")]
    [InlineData("للبحر", "sea")]
    [InlineData("راشد", "sea")]
    [InlineData("له", "")]
    [InlineData("الله", "god")]
    [InlineData("kitab", "")]
    [InlineData("alkitab", "latin")]
    [InlineData("הלבן", "white")]
    [InlineData("الماس", "diamond")]
    public void An_Arabic_word_is_found_with_and_without_its_article_and_words_of_other_scripts_as_they_are(string words, string ids)
    {
        using var engine = new SearchEngine();
        var titles = new[]
        {
            Named("book", "الكِتَابُ القديم"), Named("sand", "كتاب الرمل"), Named("sea", "الشيخ والبحر"), Named("god", "الله"), Named("latin", "Alkitab"),
            Named("white", "הלבן"), Named("diamond", "الماس"),
        };
        var snapshot = CatalogSnapshot.Empty.With(titles.ToDictionary(title => title.Id, CatalogRow.Of));
        foreach (var title in titles) engine.Put(snapshot.Find(title.Id)!.Value, TitleTerms.Of(title.Content, title.Id == "sea" ? ["هارون الراشد"] : []));
        using var state = engine.Publish(snapshot);
        var found = SearchFinder.Find(state, snapshot.ViewOf(null, Now), SearchQuery.Of(words)!, new(), CatalogView.Oldest, "en");
        Assert.Equal(ids, string.Join('|', found.Items.Select(item => item.Id).Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<int> Raised(TermReader reader, string term)
    {
        var (once, twice) = (new byte[320], new byte[320]);
        reader.Raise(Fields.Name, term, once, 9);
        twice[1] = 10;
        reader.Raise(Fields.Name, term, twice, 9);
        Assert.Equal(10, twice[1]);
        twice[1] = once[1];
        Assert.Equal(once, twice);
        return once.Index().Where(row => row.Item == 9).Select(row => row.Index);
    }

    private static Title Named(string id, string name) => new()
    {
        Id = id, OwnerId = "owner", Publication = Publication.Released, ReleaseAt = Now, CreatedAt = Now, ChangedAt = Now, Revision = 1,
        Content = new()
        {
            Kind = Kinds.Movie, OriginalLanguage = "en", Texts = new Dictionary<string, TitleText?> { ["en"] = new(name, null) }, Genres = [], Tags = [], Countries = [],
            Windows = [], People = [], Rating = new(0),
        },
    };
}
