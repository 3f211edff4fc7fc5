using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Catalog;

public sealed class BrowseTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private Studio _studio = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(new() { ["Catalog:RegionHeader"] = "X-Country" });
        _studio = await Studio.OfAsync(_portal);
    }

    public async ValueTask DisposeAsync()
    {
        _studio.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Filters_of_one_kind_mean_any_and_of_different_kinds_all()
    {
        await PublishAsync("A", 1999, "drama", "war");
        await PublishAsync("B", 2005, "comedy");
        await PublishAsync("C", 2010, "drama");
        await _studio.MakeAsync(Studio.Movie("Draft", 2010, "drama"));
        Assert.Equal("A C", await NamesAsync("genre=drama&sort=name"));
        Assert.Equal("A B C", await NamesAsync("genre=drama&genre=comedy&sort=name"));
        Assert.Equal("C", await NamesAsync("genre=drama&yearFrom=2000&sort=name"));
        Assert.Equal("A", await NamesAsync("genre=drama&yearTo=1999&country=de&tag=one"));
        Assert.Equal("", await NamesAsync("genre=drama&originalLanguage=fr"));
        Assert.Equal("", await NamesAsync("maxAge=11"));
        Assert.Equal("A B C", await NamesAsync("maxAge=12&sort=name"));
        Assert.Equal("", await NamesAsync("kind=series"));
        Assert.Equal("C B A", await NamesAsync("sort=year"));
    }

    [Fact]
    public async Task Counts_by_value_leave_their_own_filter_out()
    {
        await PublishAsync("A", 1999, "drama", "war");
        await PublishAsync("B", 2005, "comedy");
        await PublishAsync("C", 2010, "drama");
        var facets = (await BrowseAsync("genre=drama&yearFrom=2000&facets=true")).GetProperty("facets");
        Assert.Equal("comedy 1, drama 1", Counts(facets, "genre"));
        Assert.Equal("1990 1, 2010 1", Counts(facets, "decade"));
        Assert.Equal("movie 1", Counts(facets, "kind"));
        Assert.Equal("DE 1", Counts(facets, "country"));
        Assert.Equal("12 1", Counts(facets, "minimumAge"));
        Assert.Equal("en 1", Counts(facets, "originalLanguage"));
        var genres = await _portal.Anonymous.GetFromJsonAsync<JsonElement>("/api/genres", Ct);
        Assert.Equal(2, genres.GetProperty("items").EnumerateArray().Single(genre => genre.GetProperty("id").GetString() == "drama").GetProperty("titles").GetInt32());
    }

    [Theory]
    [InlineData("popularity")]
    [InlineData("newest")]
    [InlineData("name")]
    [InlineData("year")]
    public async Task Pages_stay_in_place_when_titles_come_and_go(string sort)
    {
        var ids = new List<string>();
        // Ties of every kind.
        for (var i = 0; i < 12; i++) ids.Add(await PublishAsync($"Name {i / 2}", 2000 + (i % 3)));
        var whole = IdsOf(await BrowseAsync($"sort={sort}&limit=50"));
        Assert.Equal(12, whole.Count);
        var first = await BrowseAsync($"sort={sort}&limit=5");
        Assert.Equal(whole[..5], IdsOf(first));

        // The very title that the cursor was made from, and one of the rest.
        await _studio.DeleteAsync(whole[4]);
        await _studio.MoveAsync(whole[7], "withdraw");
        var second = await BrowseAsync($"sort={sort}&limit=5&after={first.GetProperty("next").GetString()}");
        Assert.Equal([.. whole[5..7], .. whole[8..11]], IdsOf(second));
        var third = await BrowseAsync($"sort={sort}&limit=5&after={second.GetProperty("next").GetString()}");
        Assert.Equal(whole[11..], IdsOf(third));
        Assert.Equal(JsonValueKind.Null, third.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task What_is_watched_more_comes_first()
    {
        var (a, b) = (await PublishAsync("A", 2000), await PublishAsync("B", 2000));
        var titles = _portal.Services.GetRequiredService<TitleStore>();
        var (_, tag) = await _studio.GetAsync(b);
        await titles.ChangeAsync(b, title => new(title with { Popularity = 2.5 }, null), Ct);
        Assert.Equal([b, a], IdsOf(await BrowseAsync("")));
        Assert.Equal(tag, (await _studio.GetAsync(b)).Tag);
    }

    [Fact]
    public async Task A_title_is_seen_where_and_while_a_window_is_open()
    {
        var now = _portal.Clock.GetUtcNow();
        var movie = Studio.Movie("Windowed");
        movie["windows"] = new JsonArray(
            new JsonObject { ["regions"] = new JsonArray("DE", "AT"), ["from"] = now.AddHours(1), ["until"] = now.AddHours(2) },
            new JsonObject { ["regions"] = new JsonArray("*"), ["from"] = now.AddHours(5) });
        await _studio.PublishAsync(movie);
        Assert.Equal(("", ""), (await NamesAsync("", "DE"), await NamesAsync("")));
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(("Windowed", "", "Windowed"), (await NamesAsync("", "DE"), await NamesAsync("", "FR"), await NamesAsync("", "at")));
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("", await NamesAsync("", "DE"));
        _portal.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("Windowed", await NamesAsync("", "nowhere"));
    }

    [Fact]
    public async Task Names_come_in_the_language_asked_for_or_the_nearest()
    {
        var movie = Studio.Movie("Original");
        movie["texts"] = new JsonObject
        {
            ["en"] = new JsonObject { ["name"] = "Original", ["synopsis"] = "Of it." }, ["de-AT"] = new JsonObject { ["name"] = "Österreichisch" },
            ["pt"] = new JsonObject { ["name"] = "Português" }, ["pt-BR"] = new JsonObject { ["name"] = "Brasileiro" },
        };
        var id = await _studio.PublishAsync(movie);
        foreach (var (wanted, name) in new[] { ("pt-BR", "Brasileiro"), ("pt-PT", "Português"), ("de", "Österreichisch"), ("ja", "Original"), ("POR", "Português") })
        {
            Assert.Equal(name, await NamesAsync($"language={wanted}"));
            var page = await _portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles/{id}?language={wanted}", Ct);
            Assert.Equal((name, "Original"), (page.GetProperty("name").GetString(), page.GetProperty("originalName").GetString()));
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/titles/{id}");
        request.Headers.TryAddWithoutValidation("Accept-Language", "fr;q=0.1, pt-BR, *;q=0");
        Assert.Contains("Brasileiro", await (await _portal.Anonymous.SendAsync(request, Ct)).Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task What_belongs_to_a_title_is_seen_with_it_and_at_its_age()
    {
        var series = await _studio.PublishAsync(Series.Of("A series", minimumAge: 16));
        var season = await _studio.PublishAsync(Series.Part("season", series, 2));
        var early = await _studio.PublishAsync(Series.Part("season", series, 1));
        var episode = Series.Part("episode", season, 1);
        episode["rating"] = new JsonObject { ["minimumAge"] = 6 };
        var part = await _studio.PublishAsync(episode);
        var children = await _portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles/{series}/children?kind=season", Ct);
        Assert.Equal([early, season], IdsOf(children));
        var page = await _portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles/{part}", Ct);
        Assert.Equal(16, page.GetProperty("minimumAge").GetInt32());
        Assert.Equal([season, series], page.GetProperty("parents").EnumerateArray().Select(parent => parent.GetProperty("id").GetString()!));

        await _studio.MoveAsync(series, "withdraw");
        foreach (var id in new[] { series, season, part }) await Problems.IsAsync(await _portal.Anonymous.GetAsync($"/api/titles/{id}", Ct), HttpStatusCode.NotFound, "title_not_found");
    }

    [Fact]
    public async Task A_page_that_the_caller_has_is_not_sent_again()
    {
        await PublishAsync("A", 2000);
        var first = await _portal.Anonymous.GetAsync("/api/titles", Ct);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/titles");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await _portal.Anonymous.SendAsync(again, Ct)).StatusCode);
        await PublishAsync("B", 2000);
        using var later = new HttpRequestMessage(HttpMethod.Get, "/api/titles");
        later.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, (await _portal.Anonymous.SendAsync(later, Ct)).StatusCode);
    }

    [Fact]
    public async Task What_another_process_wrote_is_seen_without_a_message()
    {
        var id = await PublishAsync("Before", 2000);
        var set = _portal.Services.GetRequiredService<IDocuments>().Set(Title.Schema);
        await set.UpdateAsync(id, title => title with { Content = title.Content with { Texts = new Dictionary<string, TitleText?> { ["en"] = new("After") } } }, Ct);
        await _portal.Services.GetRequiredService<CatalogIndex>().RefreshAsync(Ct);
        Assert.Equal("After", await NamesAsync(""));
        await set.UpdateAsync(id, title => title with { DeletedAt = title.CreatedAt }, Ct);
        await _portal.Services.GetRequiredService<CatalogIndex>().RefreshAsync(Ct);
        Assert.Equal("", await NamesAsync(""));
    }

    [Fact]
    public async Task A_title_that_another_process_changed_is_shown_as_it_is_or_not_at_all()
    {
        var (first, second) = (await PublishAsync("First", 2000), await PublishAsync("Second", 2000));
        var set = _portal.Services.GetRequiredService<IDocuments>().Set(Title.Schema);
        await set.UpdateAsync(first, title => title with { Publication = Publication.Withdrawn, Revision = title.Revision + 1 }, Ct);
        await Problems.IsAsync(await _portal.Anonymous.GetAsync($"/api/titles/{first}", Ct), HttpStatusCode.NotFound, "title_not_found");
        await set.UpdateAsync(
            second,
            title => title with
            {
                Content = title.Content with { Texts = new Dictionary<string, TitleText?> { ["en"] = new("Other") } }, Revision = title.Revision + 1,
            },
            Ct);
        Assert.Equal("Other", (await _portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles/{second}", Ct)).GetProperty("name").GetString());
        Assert.Equal("Other", await NamesAsync(""));
    }

    [Fact]
    public async Task People_are_told_to_viewers_once_a_title_of_theirs_is_published()
    {
        var people = new List<string>();
        for (var i = 0; i < 6; i++)
            people.Add((await (await _studio.Http.PostAsJsonAsync("/api/people", new { name = $"P{i}" }, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!);
        var movie = Studio.Movie("Cast");
        movie["people"] = new JsonArray([.. people.Where((_, i) => i % 2 == 0).Select(person => new JsonObject { ["personId"] = person, ["role"] = "actor" })]);
        movie["assetId"] = await _studio.AssetAsync();
        var id = (await _studio.MakeAsync(movie)).GetProperty("id").GetString()!;
        Assert.Equal("", (await PeopleAsync(_portal.Anonymous, "")).Names);
        await Problems.IsAsync(await _portal.Anonymous.GetAsync($"/api/people/{people[0]}", Ct), HttpStatusCode.NotFound, "person_not_found");
        Assert.Equal("P0 P1 P2 P3 P4 P5", (await PeopleAsync(_studio.Http, "")).Names);
        Assert.Equal(HttpStatusCode.OK, (await _studio.Http.GetAsync($"/api/people/{people[0]}", Ct)).StatusCode);

        await _studio.MoveAsync(id, "publish");
        var page = await PeopleAsync(_portal.Anonymous, "?limit=2");
        Assert.Equal(("P0 P2", "P4"), (page.Names, (await PeopleAsync(_portal.Anonymous, $"?limit=2&after={page.Next}")).Names));
        Assert.Equal(HttpStatusCode.OK, (await _portal.Anonymous.GetAsync($"/api/people/{people[0]}", Ct)).StatusCode);
        await Problems.IsAsync(await _portal.Anonymous.GetAsync($"/api/people/{people[1]}", Ct), HttpStatusCode.NotFound, "person_not_found");
        await Problems.IsAsync(await _portal.Anonymous.GetAsync("/api/people?after=x", Ct), HttpStatusCode.BadRequest, "bad_cursor");
    }

    [Fact]
    public async Task Who_has_another_name_has_it_on_pages_that_were_shown_before()
    {
        var made = await _studio.Http.PostAsJsonAsync("/api/people", new { name = "Ann" }, Ct);
        var person = (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString();
        var movie = Studio.Movie("Cast");
        movie["people"] = new JsonArray(new JsonObject { ["personId"] = person, ["role"] = "actor" });
        var id = await _studio.PublishAsync(movie);
        Assert.Contains("\"Ann\"", await _portal.Anonymous.GetStringAsync($"/api/titles/{id}", Ct));
        await _studio.Http.ReplaceAsync($"/api/people/{person}", new { name = "Bea" });
        Assert.Contains("\"Bea\"", await _portal.Anonymous.GetStringAsync($"/api/titles/{id}", Ct));
    }

    private static async Task<(string Names, string? Next)> PeopleAsync(HttpClient http, string query)
    {
        var page = await http.GetFromJsonAsync<JsonElement>($"/api/people{query}", Ct);
        return (string.Join(' ', page.GetProperty("items").EnumerateArray().Select(person => person.GetProperty("name").GetString())), page.GetProperty("next").GetString());
    }

    private Task<string> PublishAsync(string name, int year, params string[] genres)
    {
        var movie = Studio.Movie(name, year, genres);
        (movie["countries"], movie["tags"]) = (new JsonArray("de"), new JsonArray(" One "));
        return _studio.PublishAsync(movie);
    }

    private async Task<JsonElement> BrowseAsync(string query, string? country = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/titles?{query}");
        if (country is not null) request.Headers.Add("X-Country", country);
        var answer = await _portal.Anonymous.SendAsync(request, Ct);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private async Task<string> NamesAsync(string query, string? country = null) => string.Join(
        ' ', (await BrowseAsync(query, country)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));

    private static List<string> IdsOf(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    private static string Counts(JsonElement facets, string name) => string.Join(
        ", ", facets.GetProperty(name).EnumerateArray().Select(count => $"{count.GetProperty("value").GetString()} {count.GetProperty("count").GetInt32()}"));
}
