using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Portal.Tests.Accounts;

namespace FlickStream.Portal.Tests.Catalog;

/// <summary>Named after the items of OWASP ASVS 5.0 that they show.</summary>
public sealed class CatalogAccessTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task V8_2_2_Of_two_studios_neither_reaches_what_is_the_others()
    {
        using var one = await Studio.OfAsync(portal);
        using var two = await Studio.OfAsync(portal);
        var id = (await one.MakeAsync(Studio.Movie("Of one"))).GetProperty("id").GetString()!;
        HttpResponseMessage[] tries =
        [
            await two.Http.GetAsync($"/api/studio/titles/{id}", Ct), await two.PutAsync(id, Studio.Movie("Mine")), await two.DeleteAsync(id),
            await two.MoveAsync(id, "publish"), await two.MoveAsync(id, "withdraw"), await two.MoveAsync(id, "redraft"),
            await two.SendImageAsync(id, "poster", [1]), await two.Http.DeleteAsync($"/api/studio/titles/{id}/artwork/poster", Ct),
        ];
        foreach (var answer in tries) await Problems.IsAsync(answer, HttpStatusCode.NotFound, "title_not_found");

        var query = $"?organisationId={one.Id}";
        HttpResponseMessage[] forOne =
        [
            await two.Http.GetAsync($"/api/studio/titles{query}", Ct), await two.Http.PostAsJsonAsync($"/api/studio/titles{query}", Studio.Movie("For one"), Ct),
            await two.Http.GetAsync($"/api/studio/titles/export{query}", Ct), await two.SendFileAsync("{}", "application/x-ndjson", query),
        ];
        foreach (var answer in forOne) await Problems.IsAsync(answer, HttpStatusCode.Forbidden, "organisation_foreign");
        Assert.Empty((await two.Http.GetFromJsonAsync<JsonElement>("/api/studio/titles", Ct)).GetProperty("items").EnumerateArray());
        Assert.Equal("", await two.ExportAsync("jsonl"));
        Assert.Equal("Of one", (await one.GetAsync(id)).Title.GetProperty("content").GetProperty("texts").GetProperty("en").GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.OK, (await portal.Admin.GetAsync($"/api/studio/titles/{id}", Ct)).StatusCode);
    }

    [Fact]
    public async Task V8_2_2_Viewers_and_strangers_edit_nothing()
    {
        using var person = await Person.RegisteredAsync(portal);
        using var studio = await Studio.OfAsync(portal);
        var (_, jobs) = await portal.CreateKeyAsync("ingest", "jobs", "playback");
        using var program = portal.ClientFor(jobs);
        foreach (var path in new[] { "/api/studio/titles", "/api/studio/titles/import", "/api/people" })
        {
            await Problems.IsAsync(await portal.Anonymous.PostAsJsonAsync(path, Studio.Movie("x"), Ct), HttpStatusCode.Unauthorized, "unauthenticated");
            await Problems.IsAsync(await person.PostAsync(path, Studio.Movie("x")), HttpStatusCode.Forbidden, "forbidden");
            await Problems.IsAsync(await program.PostAsJsonAsync(path, Studio.Movie("x"), Ct), HttpStatusCode.Forbidden, "forbidden");
        }

        // A key that works for no organisation has none to make titles for.
        var (_, alone) = await portal.CreateKeyAsync("catalog");
        using var lonely = portal.ClientFor(alone);
        await Problems.IsAsync(await lonely.PostAsJsonAsync("/api/studio/titles", Studio.Movie("x"), Ct), HttpStatusCode.Forbidden, "organisation_foreign");

        await portal.MakeAsync(person, "studio", studio.Id);
        await person.SignInAsync();
        Assert.Equal(HttpStatusCode.Created, (await person.PostAsync("/api/studio/titles", Studio.Movie("x"))).StatusCode);
    }

    [Fact]
    public async Task V8_2_3_A_request_sets_nothing_but_what_an_editor_may()
    {
        using var studio = await Studio.OfAsync(portal);
        using var other = await Studio.OfAsync(portal);
        var movie = Studio.Movie("Modest");
        foreach (var (name, value) in new (string, JsonNode)[]
                 {
                     ("id", "0123456789abcdef"), ("ownerId", other.Id), ("organisationId", other.Id), ("popularity", 1000), ("state", "published"),
                     ("publication", "released"), ("releaseAt", "2020-01-01T00:00:00Z"), ("revision", 99), ("artwork", new JsonArray()), ("createdAt", "2020-01-01T00:00:00Z"),
                 })
            movie[name] = value;
        var made = await studio.MakeAsync(movie);
        Assert.NotEqual("0123456789abcdef", made.GetProperty("id").GetString());
        Assert.Equal((studio.Id, "draft", 0d), (made.GetProperty("organisationId").GetString(), made.GetProperty("state").GetString(), made.GetProperty("popularity").GetDouble()));
        var id = made.GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await studio.PutAsync(id, movie)).StatusCode);
        var (title, tag) = await studio.GetAsync(id);
        Assert.Equal(("\"r2\"", JsonValueKind.Null, 0d), (tag, title.GetProperty("releaseAt").ValueKind, title.GetProperty("popularity").GetDouble()));
    }

    [Theory]
    [InlineData("""{"kind":{"$ne":""},"originalLanguage":"en","texts":{"en":{"name":"x"}}}""")]
    [InlineData("""{"kind":"movie","originalLanguage":"en","texts":{"en":{"name":"x"}},"assetId":{"$gt":""}}""")]
    [InlineData("""{"kind":"movie","originalLanguage":"en","texts":{"en":{"name":"x"}},"genres":[{"$ne":null}]}""")]
    [InlineData("""{"kind":"movie","originalLanguage":"en","texts":{"en":{"name":{"$ne":""}}}}""")]
    [InlineData("""{"kind":"season","parentId":{"$ne":""},"number":1,"originalLanguage":"en","texts":{"en":{"name":"x"}}}""")]
    public async Task V1_2_4_An_operator_in_place_of_a_value_is_refused(string body)
    {
        using var studio = await Studio.OfAsync(portal);
        var answer = await studio.Http.PostAsync("/api/studio/titles", new StringContent(body, null, "application/json"), Ct);
        await Problems.IsAsync(answer, HttpStatusCode.BadRequest, "bad_request");
        var report = await studio.ImportAsync(body);
        Assert.Equal(1, report.GetProperty("refused").GetInt32());
    }

    [Theory]
    [InlineData("genre={\"$ne\":\"\"}")]
    [InlineData("person[$ne]=")]
    [InlineData("person=%27%20OR%201=1--")]
    [InlineData("tag=$where")]
    public async Task V1_2_4_An_operator_in_a_filter_finds_nothing_that_it_does_not_name(string query)
    {
        using var studio = await Studio.OfAsync(portal);
        var movie = Studio.Movie("Unfound");
        movie["tags"] = new JsonArray("where");
        await studio.PublishAsync(movie);
        var found = await portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles?{query}", Ct);
        if (query.StartsWith("person[", StringComparison.Ordinal)) Assert.NotEqual(0, found.GetProperty("total").GetInt32()); // A parameter that there is not.
        else Assert.Equal(0, found.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("limit=0", "limit_invalid")]
    [InlineData("sort=random", "sort_unknown")]
    [InlineData("after=x", "bad_cursor")]
    [InlineData("sort=name&after=WyJwb3B1bGFyaXR5OiIsMCwiIiwiYSJd", "bad_cursor")]
    [InlineData("maxAge=-1", "filter_invalid")]
    [InlineData("maxAge=19", "filter_invalid")]
    [InlineData("yearFrom=x", "bad_request")]
    [InlineData("genre=", "filter_invalid")]
    [InlineData("tag=a%0Ab", "filter_invalid")]
    [InlineData("language=x", "filter_invalid")]
    public async Task What_is_no_question_is_refused(string query, string code) =>
        await Problems.IsAsync(await portal.Anonymous.GetAsync($"/api/titles?{query}", Ct), HttpStatusCode.BadRequest, code);

    [Theory]
    [InlineData("/api/artwork/..%2f..%2fadmin.key/x/360.avif")]
    [InlineData("/api/artwork/0123456789abcdef/0123456789abcdef-01234567/..%2f..%2f..%2fmasters%2fx")]
    [InlineData("/api/artwork/0123456789abcdef/0123456789abcdef-01234567/360.avif%00.html")]
    [InlineData("/api/artwork/0123456789abcdef/0123456789abcdef-01234567/%5c%5chost%5cshare")]
    [InlineData("/api/artwork/%2e%2e/%2e%2e/admin.key")]
    public async Task V1_2_5_Hostile_names_of_files_reach_none(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Anonymous.BaseAddress!, path));
        var answer = await portal.Anonymous.SendAsync(request, Ct);
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        Assert.DoesNotContain("fs_", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task V1_2_5_Names_that_files_were_sent_under_play_no_part()
    {
        using var studio = await Studio.OfAsync(portal);
        var id = (await studio.MakeAsync(Studio.Movie("Named"))).GetProperty("id").GetString()!;
        using var image = new ByteArrayContent(Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"));
        image.Headers.TryAddWithoutValidation("Content-Type", "image/jpeg");
        image.Headers.TryAddWithoutValidation("Content-Disposition", "attachment; filename=\"../../../etc/passwd.jpg\"");
        await Problems.IsAsync(await studio.Http.PutAsync($"/api/studio/titles/{id}/artwork/poster", image, Ct), HttpStatusCode.UnsupportedMediaType, "artwork_format_unknown");
        await Problems.IsAsync(await studio.SendImageAsync(id, "..%2f..%2fposter", [1]), HttpStatusCode.BadRequest, "artwork_role_invalid");
        var export = await studio.Http.GetAsync("/api/studio/titles/export?format=csv", Ct);
        Assert.Equal("titles.csv", export.Content.Headers.ContentDisposition?.FileName);
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_with_a_word_about_it()
    {
        var answer = await portal.Anonymous.GetAsync("/api/titles?yearFrom=x", Ct);
        Assert.Contains("parameter", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
