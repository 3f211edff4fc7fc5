using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FlickStream.Portal.Tests.Search;

public sealed class SearchTests(PlantedCatalog catalog) : IClassFixture<PlantedCatalog>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("q", "The Quiet Harbour")]
    [InlineData("quiet", "The Quiet Harbour")]
    [InlineData("the qu", "The Quiet Harbour")]
    [InlineData("harbour", "Harbour Lights|The Quiet Harbour")]
    [InlineData("HAFEN still", "The Quiet Harbour")]
    [InlineData("lighthouse keeper", "The Quiet Harbour")]
    public async Task Words_are_found_from_their_first_letter_on(string query, string names) => Assert.Equal(names, await catalog.FindAsync(query));

    [Theory]
    [InlineData("moonwlaker", "Moonwalker")]
    [InlineData("monwalker", "Moonwalker")]
    [InlineData("moonwalkerr", "Moonwalker")]
    [InlineData("xoonwalker", "Moonwalker")]
    [InlineData("moomwal", "Moonwalker")]
    [InlineData("quiet habour", "The Quiet Harbour")]
    [InlineData("spiderweaver", "Spider-Weaver")]
    [InlineData("spider weaver", "Spider-Weaver")]
    [InlineData("moon walker", "Moonwalker")]
    [InlineData("quiet harbour zzzzzz", "The Quiet Harbour")]
    [InlineData("comdy", "Harbour Lights")]
    [InlineData("harbour comdey", "Harbour Lights")]
    public async Task Typos_are_forgiven(string query, string names) => Assert.Equal(names, await catalog.FindAsync(query));

    [Theory]
    [InlineData("ete eternel", "L'Été éternel")]
    [InlineData("l'ete", "L'Été éternel")]
    [InlineData("Ｅ́ｔｅ", "L'Été éternel")]
    [InlineData("елки", "Ёлки на крыше")]
    [InlineData("КРЫШЕ", "Ёлки на крыше")]
    [InlineData("крыже", "Ёлки на крыше")]
    [InlineData("ταξιδι", "Ταξίδι στα Κύθηρα")]
    [InlineData("ΚΎΘ", "Ταξίδι στα Κύθηρα")]
    [InlineData("الف ليله", "أَلْفُ لَيْلَةٍ")]
    [InlineData("千", "千と千尋の冒険")]
    [InlineData("千尋", "千と千尋の冒険")]
    [InlineData("冒険", "千と千尋の冒険")]
    [InlineData("서", "서울의 봄날")]
    [InlineData("봄날", "서울의 봄날")]
    [InlineData("สยาม", "รักแห่งสยาม")]
    public async Task Every_script_is_searched_without_accents_and_points(string query, string name) => Assert.Equal(name, await catalog.FindAsync($"{query}"));

    [Theory]
    [InlineData("kovacova")]
    [InlineData("Mára Kov")]
    [InlineData("kovacvoa")]
    public async Task Titles_are_found_by_who_is_in_them(string query) => Assert.Equal("Moonwalker|The Quiet Harbour", await catalog.FindAsync($"{query}&sort=name"));

    [Fact]
    public async Task Titles_are_found_by_genre_and_year()
    {
        Assert.Equal("Moonwalker|Spider-Weaver", await catalog.FindAsync("horror&sort=name"));
        Assert.Equal("Harbour Lights", await catalog.FindAsync("harbour 1999"));
    }

    [Fact]
    public async Task Filters_and_counts_are_those_of_browsing_among_what_is_found()
    {
        var page = await Searches.AskAsync(catalog.Portal.Anonymous, "harbour&genre=drama&facets=true&limit=1");
        Assert.Equal(("The Quiet Harbour", 1), (Searches.NamesOf(page), page.GetProperty("total").GetInt32()));
        Assert.Equal("comedy 1, drama 1", Counts(page, "genre"));
        Assert.Equal("12 1", Counts(page, "minimumAge"));
        Assert.Equal("Harbour Lights", await catalog.FindAsync("harbour&maxAge=6"));
        Assert.Equal("", await catalog.FindAsync("harbour&kind=series"));
    }

    [Fact]
    public async Task What_is_not_seen_is_neither_found_nor_counted()
    {
        Assert.Equal(("", "Nowhere Else"), (await catalog.FindAsync("nowhere"), await catalog.FindAsync("nowhere", "DE")));
        Assert.Equal("", await catalog.FindAsync("draft&kind=movie&kind=series&kind=episode"));
        var page = await Searches.AskAsync(catalog.Portal.Anonymous, "nowhere&facets=true");
        Assert.All(page.GetProperty("facets").EnumerateObject(), facet => Assert.Equal(0, facet.Value.GetArrayLength()));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_cursors_belong_to_their_query()
    {
        var first = await Searches.AskAsync(catalog.Portal.Anonymous, "harbour&limit=1");
        var next = first.GetProperty("next").GetString();
        var second = await Searches.AskAsync(catalog.Portal.Anonymous, $"harbour&limit=1&after={next}");
        Assert.Equal(("Harbour Lights", "The Quiet Harbour"), (Searches.NamesOf(first), Searches.NamesOf(second)));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        await Problems.IsAsync(await catalog.Portal.Anonymous.GetAsync($"/api/search?q=quiet&after={next}", Ct), HttpStatusCode.BadRequest, "bad_cursor");
    }

    [Theory]
    [InlineData("")]
    [InlineData("%20")]
    public async Task Nothing_to_look_for_is_refused(string query)
    {
        await Problems.IsAsync(await catalog.Portal.Anonymous.GetAsync($"/api/search?q={query}", Ct), HttpStatusCode.BadRequest, "search_query_invalid");
        await Problems.IsAsync(await catalog.Portal.Anonymous.GetAsync("/api/search", Ct), HttpStatusCode.BadRequest, "search_query_invalid");
        await Problems.IsAsync(await catalog.Portal.Anonymous.GetAsync("/api/search?q=a&sort=x", Ct), HttpStatusCode.BadRequest, "sort_unknown");
        await Problems.IsAsync(await catalog.Portal.Anonymous.GetAsync("/api/search?q=a&limit=0", Ct), HttpStatusCode.BadRequest, "limit_invalid");
        await Problems.IsAsync(await catalog.Portal.Anonymous.GetAsync($"/api/search?q={new string('a', 201)}", Ct), HttpStatusCode.BadRequest, "search_query_invalid");
    }

    [Theory]
    [InlineData("*:* OR (a~2 [x TO y]^9 \"")]
    [InlineData("!!! ??? ***")]
    [InlineData("*****************************************************************************************************************")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("\u0000\u0001\uFFFD")]
    [InlineData("\u0301\u0301\u0301 \u200D")]
    public async Task Hostile_words_are_only_words(string query) => Assert.Equal("", await catalog.FindAsync(query));

    [Theory]
    [InlineData("m", "Moonwalker|The Quiet Harbour", "Mára Kováčová", "")]
    [InlineData("kovacvoa", "Moonwalker|The Quiet Harbour", "Mára Kováčová", "")]
    [InlineData("hor", "Moonwalker|Spider-Weaver", "", "horror")]
    [InlineData("horor", "Moonwalker|Spider-Weaver", "", "horror")]
    [InlineData("nowhere", "", "", "")]
    public async Task Titles_people_and_genres_are_suggested(string query, string titles, string people, string genres)
    {
        var answer = await catalog.Portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/search/suggestions?q={query}", Ct);
        Assert.Equal(
            (titles, people, genres),
            (All(answer, "titles", "name"), All(answer, "people", "name"), All(answer, "genres", "id")));
        await Problems.IsAsync(await catalog.Portal.Anonymous.GetAsync("/api/search/suggestions?q=a&limit=11", Ct), HttpStatusCode.BadRequest, "suggestion_limit_invalid");
        await Problems.IsAsync(await catalog.Portal.Anonymous.GetAsync("/api/search/suggestions?q=", Ct), HttpStatusCode.BadRequest, "search_query_invalid");
        await Problems.IsAsync(await catalog.Portal.Anonymous.GetAsync("/api/search/suggestions?q=a&language=x", Ct), HttpStatusCode.BadRequest, "filter_invalid");
    }

    [Fact]
    public async Task What_shares_people_and_genres_with_a_title_is_like_it()
    {
        var id = (await Searches.AskAsync(catalog.Portal.Anonymous, "moonwalker")).GetProperty("items")[0].GetProperty("id").GetString();
        var page = await catalog.Portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/search/like/{id}?facets=true", Ct);
        Assert.Equal("The Quiet Harbour|Spider-Weaver", Searches.NamesOf(page));
        Assert.Equal("drama 1, horror 1", Counts(page, "genre"));
        Assert.Equal("The Quiet Harbour", Searches.NamesOf(await catalog.Portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/search/like/{id}?maxAge=12", Ct)));
        var hidden = (await Searches.AskAsync(catalog.Portal.Anonymous, "nowhere", "DE")).GetProperty("items")[0].GetProperty("id").GetString();
        await Problems.IsAsync(await catalog.Portal.Anonymous.GetAsync($"/api/search/like/{hidden}", Ct), HttpStatusCode.NotFound, "title_not_found");
    }

    private static string All(JsonElement answer, string list, string field) =>
        string.Join('|', answer.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(field).GetString()).Order(StringComparer.Ordinal));

    private static string Counts(JsonElement page, string name) => string.Join(
        ", ", page.GetProperty("facets").GetProperty(name).EnumerateArray().Select(count => $"{count.GetProperty("value").GetString()} {count.GetProperty("count").GetInt32()}"));
}
