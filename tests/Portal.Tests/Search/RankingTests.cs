using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search;
using FlickStream.Portal.Search.Terms;
using FlickStream.Portal.Watching.Popularity;

namespace FlickStream.Portal.Tests.Search;

/// <summary>What comes first, and what is shown beside it.</summary>
public sealed class RankingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(7);

    [Fact]
    public void Popularity_adds_points_by_how_much_more_is_watched()
    {
        using var titles = new Planted(
            Of("hit", "River", plays: 1_000_000), Of("half", "River", plays: 500_000), Of("hundredth", "River", plays: 10_000), Of("few", "River", plays: 1),
            Of("stale", "River", plays: 1_000_000, watchedAt: Now.AddYears(-2)), Of("never", "River"));
        Assert.Equal("hit 60, half 56, hundredth 33, few 4, stale 4, never 0", titles.PopularityOf("hit", "half", "hundredth", "few", "stale", "never"));
        Assert.Equal("hit|half|hundredth|few|stale|never", titles.Find("river"));
    }

    [Fact]
    public void What_is_watched_much_more_comes_before_a_name_that_fits_a_little_better()
    {
        using var titles = new Planted(Of("a", "Star", plays: 100), Of("b", "Star Quest", plays: 1_000_000), Of("c", "Quest", plays: 1_000_000));
        Assert.Equal("b|a", titles.Find("star"));
    }

    [Theory]
    [InlineData("fast and furious", "Fast & Furious", "He is fast and furious.", "meant|said")]
    [InlineData("fast & furious", "Fast and Furious", "He is fast and furious.", "meant|said")]
    [InlineData("the matrix movie", "The Matrix", "A movie within the matrix of another.", "meant|said")]
    [InlineData("quiet harbour lights", "Quiet Harbour", "Of quiet lights in a harbour.", "meant|said")]
    // One word of two is in too many names.
    [InlineData("the mafia", "The Harbour", "What the mafia does not know.", "said")]
    public void What_is_only_said_of_one_title_does_not_hide_the_one_that_is_named(string query, string name, string synopsis, string found)
    {
        using var titles = new Planted(Of("meant", name), Of("said", "Another", synopsis));
        Assert.Equal(found, titles.Find(query));
    }

    [Fact]
    public void Where_names_have_all_words_those_that_lack_one_are_not_found()
    {
        using var titles = new Planted(Of("all", "The Quiet Harbour"), Of("two", "The Quiet One"), Of("und", "Liebe & Hass", language: "de"));
        Assert.Equal("all", titles.Find("the quiet harbour"));
        Assert.Equal("und", titles.Find("liebe und hass"));
        Assert.Equal("und", titles.Find("liebe and hass"));
        Assert.Equal("und", titles.Find("liebehass"));
    }

    [Fact]
    public void Of_a_mistyped_word_the_nearest_words_of_most_titles_count()
    {
        // Far more than are looked at are one letter away, and the one that is meant comes last by its letters.
        var near = Enumerable.Range('a', 26).SelectMany(letter => new[] { $"{(char)letter}orest", $"0{(char)letter}rest", $"0o{(char)letter}est", $"0or{(char)letter}st" })
            .Where(word => word is not ("zorest" or "0orest")).ToList();
        using var titles = new Planted(
            [.. near.Select(word => Of(word, word)), .. Enumerable.Range(0, 3).Select(number => Of($"meant{number}", $"Zorest {(char)('A' + number)}"))]);
        var found = titles.Page("0orest", most: 200);
        Assert.Equal((true, 63 + 3), (near.Count > 90, found.Total));
        Assert.Equal(["meant0", "meant1", "meant2"], found.Items.Select(item => item.Id).Where(id => id.StartsWith("meant", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("comdy", "laugh")]
    [InlineData("scence fiction", "space")]
    [InlineData("heits", "tagged")]
    // Words that something is called by are no mistyped genres.
    [InlineData("prime", "prime")]
    [InlineData("prime suspect", "prime")]
    public void Genres_and_tags_are_forgiven_typos(string query, string found)
    {
        using var titles = new Planted(
            Of("laugh", "One", genres: ["comedy"]), Of("space", "Two", genres: ["science-fiction"]), Of("tagged", "Three", tags: ["heist"]),
            Of("law", "Four", genres: ["crime"]), Of("prime", "Prime Suspect"));
        Assert.Equal(found, titles.Find(query));
    }

    [Fact]
    public void A_name_with_a_typo_comes_before_a_genre_with_one()
    {
        using var titles = new Planted(Of("genre", "One", genres: ["comedy"]), Of("name", "Comedy Nights"));
        Assert.Equal("name|genre", titles.Find("comdy"));
    }

    [Theory]
    [InlineData("rocky 2", "Rocky II")]
    [InlineData("rocky 2", "Rocky Ⅱ")]
    [InlineData("rocky ii", "Rocky Ⅱ")]
    [InlineData("rocky 2", "Rocky²")]
    [InlineData("rocky ii", "Rocky 2")]
    [InlineData("Rocky II", "Rocky 2")]
    [InlineData("rocky2", "Rocky II")]
    [InlineData("star wars 9", "Star Wars: Episode IX")]
    [InlineData("13", "XIII")]
    [InlineData("xiii", "13")]
    public void Roman_numerals_and_digits_are_the_same_in_names(string query, string name)
    {
        using var titles = new Planted(Of("meant", name), Of("said", "Another", "In episode 2 of rocky rocky2 star wars, 9 of 13 fight: II, XIII."), Of("third", "Rocky III"));
        Assert.Equal("meant", titles.Find(query).Split('|')[0]);
        Assert.Equal(1, titles.Page("rocky iii").Total);
        Assert.Equal("third", titles.Find("rocky 3"));
    }

    [Theory]
    [InlineData("10", "Saw X", "")]
    [InlineData("x", "Malcolm 10", "")]
    [InlineData("1", "I Robot", "")]
    [InlineData("5", "V for Vendetta", "")]
    [InlineData("vi", "Vikings", "meant")]
    [InlineData("vi", "Big Hero 6", "")]
    [InlineData("6", "Vi är bäst", "")]
    [InlineData("vi ar bast", "Vi är bäst", "meant")]
    [InlineData("11", "Xi Jinping", "")]
    [InlineData("xx", "Saw 201", "")]
    public void What_is_rather_a_letter_or_a_word_is_no_numeral(string query, string name, string found)
    {
        using var titles = new Planted(Of("meant", name), Of("other", "Another"));
        Assert.Equal(found, titles.Find(query));
    }

    private static Title Of(string id, string name, string? synopsis = null, double plays = 0, DateTimeOffset? watchedAt = null, string language = "en", string[]? genres = null, string[]? tags = null) => new()
    {
        Id = id, OwnerId = "owner", Publication = Publication.Released, ReleaseAt = Now, CreatedAt = Now, ChangedAt = Now, Revision = 1,
        Popularity = plays > 0 ? PopularityScale.With(0, plays, watchedAt ?? Now, HalfLife) : 0,
        Content = new()
        {
            Kind = Kinds.Movie, OriginalLanguage = language, Texts = new Dictionary<string, TitleText?> { [language] = new(name, synopsis) },
            Genres = genres ?? [], Tags = tags ?? [], Countries = [], Windows = [], People = [], Rating = new(0),
        },
    };

    private sealed class Planted : IDisposable
    {
        private readonly SearchEngine _engine = new();
        private readonly CatalogSnapshot _snapshot;
        private readonly SearchState _state;

        public Planted(params Title[] titles)
        {
            _snapshot = CatalogSnapshot.Empty.With(titles.ToDictionary(title => title.Id, CatalogRow.Of));
            foreach (var title in titles) _engine.Put(_snapshot.Find(title.Id)!.Value, TitleTerms.Of(title.Content, []));
            _state = _engine.Publish(_snapshot);
        }

        public BrowsePage Page(string words, int most = 50) =>
            SearchFinder.Find(_state, _snapshot.ViewOf(null, Now), SearchQuery.Of(words)!, new() { Limit = most }, CatalogView.Oldest, "en");

        public string Find(string words) => string.Join('|', Page(words).Items.Select(item => item.Id));

        public string PopularityOf(params string[] ids) =>
            string.Join(", ", ids.Select(id => $"{id} {_state.BesidesWords(12)[_snapshot.Find(id)!.Value]}"));

        public void Dispose()
        {
            _state.Dispose();
            _engine.Dispose();
        }
    }
}
