using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Watching;
using FlickStream.Portal.Watching.Popularity;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Search;

public sealed class FollowingTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private Studio _studio = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(isOfMany: true);
        _studio = await Studio.OfAsync(_portal);
    }

    public async ValueTask DisposeAsync()
    {
        _studio.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task What_is_edited_published_and_withdrawn_is_found_so_by_the_next_search()
    {
        var id = await _studio.PublishAsync(Studio.Movie("Before"));
        Assert.Equal(("Before", ""), (await FindAsync("before"), await FindAsync("after")));
        var edited = Studio.Movie("After");
        edited["assetId"] = (await _studio.GetAsync(id)).Title.GetProperty("content").GetProperty("assetId").GetString();
        (await _studio.PutAsync(id, edited)).EnsureSuccessStatusCode();
        Assert.Equal(("", "After"), (await FindAsync("before"), await FindAsync("after")));
        await _studio.MoveAsync(id, "withdraw");
        Assert.Equal("", await FindAsync("after"));
        await _studio.MoveAsync(id, "publish");
        Assert.Equal("After", await FindAsync("after"));
        await _studio.DeleteAsync(id);
        Assert.Equal("", await FindAsync("after"));
    }

    [Theory]
    [InlineData("$", "$")]
    [InlineData("!!!", "!")]
    [InlineData("!!!", "!!")]
    [InlineData("🎬🔥", "🎬")]
    [InlineData("🎬🔥", "🎬🔥")]
    public async Task A_name_without_letters_and_digits_is_found_by_its_characters(string name, string query)
    {
        await _studio.PublishAsync(Studio.Movie(name));
        Assert.Equal((name, ""), (await FindAsync(query), await FindAsync("?")));
    }

    [Fact]
    public async Task A_title_is_found_from_its_release_on()
    {
        await _studio.PublishAsync(Studio.Movie("Tomorrow"), _portal.Clock.GetUtcNow().AddDays(1));
        Assert.Equal("", await FindAsync("tomorrow"));
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("Tomorrow", await FindAsync("tomorrow"));
    }

    [Fact]
    public async Task Who_is_renamed_is_found_by_the_new_name_alone()
    {
        var made = await _studio.Http.PostAsJsonAsync("/api/people", new { name = "Anneliese" }, Ct);
        var person = (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString();
        var movie = Studio.Movie("Cast");
        movie["people"] = new JsonArray(new JsonObject { ["personId"] = person, ["role"] = "actor" });
        await _studio.PublishAsync(movie);
        Assert.Equal("Cast", await FindAsync("anneliese"));
        Assert.Equal(("Anneliese", ""), (await SuggestedAsync("anneliese"), await SuggestedAsync("beatrix")));
        await _studio.Http.ReplaceAsync($"/api/people/{person}", new { name = "Beatrix" });
        await _portal.Services.GetRequiredService<SearchIndex>().RefreshPeopleAsync(Ct);
        Assert.Equal(("", "Cast"), (await FindAsync("anneliese"), await FindAsync("beatrix")));
        // What was suggested before was kept.
        Assert.Equal(("", "Beatrix"), (await SuggestedAsync("anneliese"), await SuggestedAsync("beatrix")));

        async Task<string> SuggestedAsync(string query) => string.Join('|', (await _portal.Anonymous.GetFromJsonAsync<JsonElement>(
            $"/api/search/suggestions?q={query}", Ct)).GetProperty("people").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_child_finds_what_is_for_children()
    {
        var movie = Studio.Movie("Dragon Tale");
        movie["rating"] = new JsonObject { ["minimumAge"] = 6 };
        await _studio.PublishAsync(movie);
        await _studio.PublishAsync(Studio.Movie("Dragon War"));
        using var viewer = await Person.RegisteredAsync(_portal);
        await viewer.EnterAsync(await viewer.ProfileAsync(new { name = "Kid", isKids = true, maximumAge = 6 }));
        var page = await Searches.AskAsync(viewer.Browser, "dragon&facets=true");
        Assert.Equal(("Dragon Tale", 1), (Searches.NamesOf(page), page.GetProperty("total").GetInt32()));
        Assert.Equal("6", Assert.Single(page.GetProperty("facets").GetProperty("minimumAge").EnumerateArray()).GetProperty("value").GetString());
        Assert.Equal("Dragon Tale|Dragon War", await FindAsync("dragon"));
    }

    [Fact]
    public async Task What_is_watched_more_comes_first_among_equal_matches()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Add(await _studio.PublishAsync(Studio.Movie($"River {(char)('A' + i)}")));
        Assert.Equal(ids.Order(StringComparer.Ordinal), await IdsAsync(_portal, "river"));
        var titles = _portal.Services.GetRequiredService<TitleStore>();
        await WatchAsync(ids[2], 5);
        await WatchAsync(ids[0], 1);
        Assert.Equal([ids[2], ids[0], ids[1]], await IdsAsync(_portal, "river"));

        Task WatchAsync(string id, int plays) => titles.ChangeAsync(
            id, title => new(title with { Popularity = PopularityScale.With(0, plays, _portal.Clock.GetUtcNow(), TimeSpan.FromDays(7)) }, null), Ct);
    }

    [Fact]
    public async Task Two_nodes_answer_alike_whatever_each_has_lived_through()
    {
        // Words that are typed wrongly have more near ones than are looked at, and most of these were here once only.
        string[] queries = ["s", "st", "storm", "stomr", "stprm", "the stroms", "dark storm", "tha sturm", "drma storm"];
        var random = new Random(3);
        var (ids, assets) = (new List<string>(), new List<string>());
        for (var i = 0; i < 40; i++)
        {
            assets.Add(await _studio.AssetAsync());
            ids.Add(await _studio.PublishAsync(Storm(random, assets[i])));
        }

        for (var i = 0; i < 120; i++)
        {
            (await _studio.PutAsync(ids[i % 40], Storm(random, assets[i % 40]))).EnsureSuccessStatusCode();
            if (i % 7 == 0) await FindAsync("storm");
        }

        foreach (var id in ids[..8]) await _studio.DeleteAsync(id);
        await using var late = await PortalHost.StartAsync(beside: _portal);
        foreach (var query in queries)
            Assert.Equal(
                (await Searches.AskAsync(_portal.Anonymous, $"{query}&facets=true&limit=30")).GetRawText(),
                (await Searches.AskAsync(late.Anonymous, $"{query}&facets=true&limit=30")).GetRawText());
    }

    [Fact]
    public async Task What_was_there_before_is_found_while_much_is_taken_in()
    {
        await _studio.PublishAsync(Studio.Movie("Harbour"));
        Assert.Equal(("Harbour", ""), (await FindAsync("harbour"), await FindAsync("lagoon")));
        var (index, now) = (_portal.Services.GetRequiredService<SearchIndex>(), _portal.Clock.GetUtcNow());
        await _portal.Services.GetRequiredService<IDocuments>().Set(Title.Schema).InsertManyAsync(
            [.. Enumerable.Range(0, 600).Select(at => KeyValuePair.Create($"{at:x16}", new Title
            {
                Id = $"{at:x16}", OwnerId = "import", Publication = Publication.Released, ReleaseAt = now, CreatedAt = now, ChangedAt = now, Revision = 1,
                Content = new()
                {
                    Kind = Kinds.Movie, OriginalLanguage = "en", Genres = [], Tags = [], Countries = [], Windows = [], People = [], Rating = new(0),
                    Texts = new Dictionary<string, TitleText?> { ["en"] = new($"Lagoon {at}", null) },
                },
            }))],
            Ct);
        await _portal.Services.GetRequiredService<CatalogIndex>().RefreshAsync(Ct);
        var search = index.TakeAsync(Ct);
        Assert.True(search.IsCompletedSuccessfully);
        using (var before = await search) Assert.Equal(1, before.Indexed.Rows);
        await index.CatchUpAsync(Ct);
        Assert.Equal(600, (await Searches.AskAsync(_portal.Anonymous, "lagoon")).GetProperty("total").GetInt32());
    }

    private static JsonObject Storm(Random random, string asset)
    {
        var letters = "storm".ToCharArray();
        letters[random.Next(5)] = (char)('a' + random.Next(26));
        var movie = Studio.Movie(random.Next(3) switch { 0 => new string(letters), 1 => $"The {new string(letters)}", _ => $"Dark {new string(letters)}" }, 1980 + random.Next(40), "drama");
        movie["assetId"] = asset;
        return movie;
    }

    private Task<string> FindAsync(string query) => NamesAsync(_portal, $"{query}&sort=name");

    private static async Task<string> NamesAsync(PortalHost portal, string query) => Searches.NamesOf(await Searches.AskAsync(portal.Anonymous, query));

    private static async Task<List<string>> IdsAsync(PortalHost portal, string query) =>
        [.. (await Searches.AskAsync(portal.Anonymous, query)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}
