using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Catalog;

public sealed class EditingTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Unfit => new()
    {
        { "kind", "\"film\"", "title_kind_invalid" },
        { "kind", "\"series\"", "asset_unfit" },
        { "number", "1", "title_number_invalid" },
        { "parentId", "\"0000000000000000\"", "title_parent_invalid" },
        { "originalLanguage", "\"e\"", "title_language_invalid" },
        { "originalLanguage", "\"de\"", "title_texts_invalid" },
        { "texts", "{\"en\":{\"name\":\" \"}}", "title_texts_invalid" },
        { "texts", "{\"en\":{\"name\":\"a\"},\"eng\":{\"name\":\"b\"}}", "title_language_invalid" },
        { "texts", "{\"en\":{\"name\":\"\\u0000\"}}", "title_texts_invalid" },
        { "year", "1492", "title_year_invalid" },
        { "genres", "[\"dramas\"]", "genre_unknown" },
        { "genres", "[null]", "genre_unknown" },
        { "countries", "[\"XX\"]", "country_unknown" },
        { "people", "[{\"personId\":\"0000000000000000\",\"role\":\"actor\"}]", "person_unknown" },
        { "people", "[{\"personId\":\"0000000000000000\",\"role\":\"king\"}]", "credit_invalid" },
        { "people", "[null]", "credit_invalid" },
        { "rating", "{\"minimumAge\":19}", "title_rating_invalid" },
        { "rating", "{\"minimumAge\":12,\"labels\":{\"DE\":null}}", "title_rating_invalid" },
        { "tags", "[\"a|b\"]", "tag_invalid" },
        { "windows", "[{\"regions\":[]}]", "window_invalid" },
        { "windows", "[{\"regions\":[\"*\"],\"from\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\"}]", "window_invalid" },
        { "windows", "[{\"regions\":[\"Europe\"]}]", "country_unknown" },
        { "assetId", "\"none\"", "asset_not_found" },
        { "externalId", "\"\\u0000\"", "external_id_invalid" },
    };

    [Fact]
    public async Task A_title_goes_from_draft_to_scheduled_published_and_withdrawn_and_nowhere_else()
    {
        await using var own = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(own);
        var movie = Studio.Movie("The Way");
        var id = (await studio.MakeAsync(movie)).GetProperty("id").GetString()!;
        Assert.Equal("draft", await StateAsync(studio, id));
        await Problems.IsAsync(await studio.MoveAsync(id, "withdraw"), HttpStatusCode.Conflict, "title_not_published");
        await Problems.IsAsync(await studio.MoveAsync(id, "redraft"), HttpStatusCode.Conflict, "title_draft_already");
        await Problems.IsAsync(await studio.MoveAsync(id, "publish"), HttpStatusCode.Conflict, "title_incomplete");
        movie["assetId"] = await studio.AssetAsync();
        Assert.Equal(HttpStatusCode.OK, (await studio.PutAsync(id, movie)).StatusCode);

        var tomorrow = own.Clock.GetUtcNow().AddDays(1);
        await studio.MoveAsync(id, "publish", new { at = tomorrow });
        Assert.Equal("scheduled", await StateAsync(studio, id));
        await Problems.IsAsync(await studio.MoveAsync(id, "withdraw"), HttpStatusCode.Conflict, "title_not_published");
        Assert.Equal(HttpStatusCode.NotFound, (await own.Anonymous.GetAsync($"/api/titles/{id}", Ct)).StatusCode);

        // Nothing runs at the hour: the state follows from it, so that no release is late.
        own.Clock.Leap(TimeSpan.FromDays(1));
        Assert.Equal("published", await StateAsync(studio, id));
        Assert.Equal(HttpStatusCode.OK, (await own.Anonymous.GetAsync($"/api/titles/{id}", Ct)).StatusCode);
        await Problems.IsAsync(await studio.MoveAsync(id, "publish"), HttpStatusCode.Conflict, "title_published_already");
        await Problems.IsAsync(await studio.MoveAsync(id, "redraft"), HttpStatusCode.Conflict, "title_still_published");
        movie["assetId"] = null;
        await Problems.IsAsync(await studio.PutAsync(id, movie), HttpStatusCode.Conflict, "title_incomplete");

        await studio.MoveAsync(id, "withdraw");
        Assert.Equal("withdrawn", await StateAsync(studio, id));
        Assert.Equal(HttpStatusCode.NotFound, (await own.Anonymous.GetAsync($"/api/titles/{id}", Ct)).StatusCode);
        await studio.MoveAsync(id, "publish");
        Assert.Equal(tomorrow, (await studio.GetAsync(id)).Title.GetProperty("releaseAt").GetDateTimeOffset());
        await studio.MoveAsync(id, "withdraw");
        await studio.MoveAsync(id, "redraft");
        Assert.Equal("draft", await StateAsync(studio, id));
    }

    [Fact]
    public async Task An_edit_names_the_revision_that_was_seen()
    {
        using var studio = await Studio.OfAsync(portal);
        var id = (await studio.MakeAsync(Studio.Movie("First"))).GetProperty("id").GetString()!;
        var (_, seen) = await studio.GetAsync(id);
        await Problems.IsAsync(await studio.PutAsync(id, Studio.Movie("Second"), ifMatch: null), HttpStatusCode.PreconditionRequired, "if_match_needed");
        var edited = await studio.PutAsync(id, Studio.Movie("Second"), seen);
        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);
        foreach (var stale in new[] { seen, "\"x\"", "W/\"r2\"", "\"r\"" })
            await Problems.IsAsync(await studio.PutAsync(id, Studio.Movie("Third"), stale), HttpStatusCode.PreconditionFailed, "title_changed");
        await Problems.IsAsync(await studio.MoveAsync(id, "publish", null, seen), HttpStatusCode.PreconditionFailed, "title_changed");
        await Problems.IsAsync(await studio.DeleteAsync(id, seen), HttpStatusCode.PreconditionFailed, "title_changed");
        await Problems.IsAsync(await studio.DeleteAsync(id, null), HttpStatusCode.PreconditionRequired, "if_match_needed");
        Assert.Equal("Second", (await studio.GetAsync(id)).Title.GetProperty("content").GetProperty("texts").GetProperty("en").GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await studio.DeleteAsync(id, edited.Headers.ETag!.Tag)).StatusCode);
        await Problems.IsAsync(await studio.PutAsync(id, Studio.Movie("Fourth")), HttpStatusCode.NotFound, "title_not_found");
    }

    [Fact]
    public async Task Of_editors_who_saw_the_same_revision_one_wins()
    {
        using var studio = await Studio.OfAsync(portal);
        var id = (await studio.MakeAsync(Studio.Movie("First"))).GetProperty("id").GetString()!;
        var (_, seen) = await studio.GetAsync(id);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => studio.PutAsync(id, Studio.Movie($"Of {i}"), seen)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
    }

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task What_is_not_right_is_refused_by_its_code(string field, string value, string code)
    {
        using var studio = await Studio.OfAsync(portal);
        var movie = Studio.Movie("Fine");
        if (code == "asset_unfit") movie["assetId"] = "some";
        movie[field] = "@";
        var body = movie.ToJsonString().Replace("\"@\"", value);
        var answer = await studio.Http.PostAsync("/api/studio/titles", new StringContent(body, null, "application/json"), Ct);
        await Problems.IsAsync(answer, HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Seasons_and_episodes_have_their_place()
    {
        using var studio = await Studio.OfAsync(portal);
        using var other = await Studio.OfAsync(portal);
        var series = await studio.MakeAsync(Series.Of("A series"));
        var season = await studio.MakeAsync(Series.Part("season", series, 1));
        await studio.MakeAsync(Series.Part("episode", season, 1));
        await Problems.IsAsync(await studio.CreateAsync(Series.Part("season", series, 1)), HttpStatusCode.Conflict, "title_number_taken");
        await Problems.IsAsync(await studio.CreateAsync(Series.Part("episode", series, 2)), HttpStatusCode.BadRequest, "title_parent_invalid");
        await Problems.IsAsync(await other.CreateAsync(Series.Part("season", series, 2)), HttpStatusCode.BadRequest, "title_parent_invalid");
        await Problems.IsAsync(await studio.DeleteAsync(series.GetProperty("id").GetString()!), HttpStatusCode.Conflict, "title_has_children");
        var changed = await studio.PutAsync(season.GetProperty("id").GetString()!, Studio.Movie("Now a movie"));
        await Problems.IsAsync(changed, HttpStatusCode.Conflict, "title_kind_fixed");
    }

    [Fact]
    public async Task Nothing_is_moved_into_what_is_being_deleted()
    {
        using var studio = await Studio.OfAsync(portal);
        var (from, to) = (await studio.MakeAsync(Series.Of("From")), await studio.MakeAsync(Series.Of("To")));
        var season = (await studio.MakeAsync(Series.Part("season", from, 1))).GetProperty("id").GetString()!;
        await portal.Services.GetRequiredService<TitleStore>().ChangeAsync(
            to.GetProperty("id").GetString()!, title => new(title with { IsLeaving = true }, null), Ct);
        await Problems.IsAsync(await studio.PutAsync(season, Series.Part("season", to, 1)), HttpStatusCode.BadRequest, "title_parent_invalid");
    }

    [Fact]
    public async Task A_title_takes_an_asset_that_its_organisation_brought()
    {
        using var studio = await Studio.OfAsync(portal);
        foreach (var (state, owner) in new[] { (AssetState.Planned, "another"), (AssetState.Deleted, studio.Id), (AssetState.Refused, studio.Id) })
        {
            var movie = Studio.Movie("Foreign");
            movie["assetId"] = await studio.AssetAsync(state, owner);
            await Problems.IsAsync(await studio.CreateAsync(movie), HttpStatusCode.BadRequest, "asset_not_found");
        }

        // An administrator gives it any; its studio then keeps it.
        var given = Studio.Movie("Given");
        given["assetId"] = await studio.AssetAsync(owner: "another");
        var made = await portal.Admin.PostAsJsonAsync($"/api/studio/titles?organisationId={studio.Id}", given, Ct);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await studio.PutAsync(id, given)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await studio.MoveAsync(id, "publish")).StatusCode);
    }

    [Fact]
    public async Task A_title_whose_asset_is_gone_can_be_edited_and_not_published()
    {
        using var studio = await Studio.OfAsync(portal);
        var movie = Studio.Movie("Left behind");
        movie["assetId"] = await studio.AssetAsync();
        var id = (await studio.MakeAsync(movie)).GetProperty("id").GetString()!;
        await ChangeAsync(asset => asset with { Problem = new("no_plan", "It has no picture that can be encoded.") });
        await Problems.IsAsync(await studio.MoveAsync(id, "publish"), HttpStatusCode.Conflict, "title_incomplete");
        await ChangeAsync(asset => asset with { State = AssetState.Deleted, DeletedAt = portal.Clock.GetUtcNow() });
        await Problems.IsAsync(await studio.MoveAsync(id, "publish"), HttpStatusCode.BadRequest, "asset_not_found");
        movie["year"] = 1999;
        Assert.Equal(HttpStatusCode.OK, (await studio.PutAsync(id, movie)).StatusCode);

        Task ChangeAsync(Func<Asset, Asset> change) =>
            portal.Services.GetRequiredService<IDocuments>().Set(Asset.Schema).UpdateAsync(movie["assetId"]!.GetValue<string>(), change, Ct);
    }

    [Fact]
    public async Task An_external_id_is_one_titles_in_its_organisation()
    {
        using var studio = await Studio.OfAsync(portal);
        using var other = await Studio.OfAsync(portal);
        var movie = Studio.Movie("Known");
        movie["externalId"] = "m-1";
        await studio.MakeAsync(movie);
        await Problems.IsAsync(await studio.CreateAsync(movie), HttpStatusCode.Conflict, "external_id_taken");
        await other.MakeAsync(movie);
        var second = await studio.MakeAsync(Studio.Movie("Another"));
        await Problems.IsAsync(await studio.PutAsync(second.GetProperty("id").GetString()!, movie), HttpStatusCode.Conflict, "external_id_taken");
    }

    [Fact]
    public async Task People_are_shared_and_renamed_by_who_made_them()
    {
        using var studio = await Studio.OfAsync(portal);
        using var other = await Studio.OfAsync(portal);
        var name = $"Ann {Guid.NewGuid():n}";
        var made = await studio.Http.PostAsJsonAsync("/api/people", new { name }, Ct);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString();
        await Problems.IsAsync(await other.Http.PostAsJsonAsync("/api/people", new { name = name.ToUpperInvariant() }, Ct), HttpStatusCode.Conflict, "person_name_taken");
        Assert.Equal(HttpStatusCode.Created, (await other.Http.PostAsJsonAsync("/api/people", new { name, note = "1970" }, Ct)).StatusCode);
        await Problems.IsAsync(await other.Http.ReplaceAsync($"/api/people/{id}", new { name = "Bob" }), HttpStatusCode.NotFound, "person_not_found");
        await Problems.IsAsync(await studio.Http.ReplaceAsync($"/api/people/{id}", new { name, note = "1970" }), HttpStatusCode.Conflict, "person_name_taken");
        Assert.Equal(HttpStatusCode.OK, (await studio.Http.ReplaceAsync($"/api/people/{id}", new { name, note = "1980" })).StatusCode);
        var found = await other.Http.GetFromJsonAsync<JsonElement>($"/api/people?name={name[..8].ToUpperInvariant()}", Ct);
        Assert.Contains(id, found.GetProperty("items").EnumerateArray().Select(person => person.GetProperty("id").GetString()));
        await Problems.IsAsync(await portal.Anonymous.PostAsJsonAsync("/api/people", new { name }, Ct), HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Of_two_who_rename_a_person_that_they_saw_one_is_told_to_look_again()
    {
        using var studio = await Studio.OfAsync(portal);
        var name = $"Ann {Guid.NewGuid():n}";
        var made = await studio.Http.PostAsJsonAsync("/api/people", new { name }, Ct);
        var path = made.Headers.Location!.ToString();
        await Problems.IsAsync(await studio.Http.ReplaceAsync(path, new { name, note = "1970" }, ifMatch: null), (HttpStatusCode)428, "if_match_needed");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => studio.Http.ReplaceAsync(path, new { name, note = $"{1970 + i}" }, made.Headers.ETag!.Tag)));
        var renamed = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var late in answers.Where(answer => answer != renamed)) await Problems.IsAsync(late, HttpStatusCode.PreconditionFailed, "person_changed");
        using var shown = await studio.Http.GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.Equal(renamed.Headers.ETag, shown.Headers.ETag);
        Assert.Equal(2, (await shown.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("revision").GetInt64());
    }

    private static async Task<string?> StateAsync(Studio studio, string id) => (await studio.GetAsync(id)).Title.GetProperty("state").GetString();

    [Fact]
    public async Task Titles_are_found_by_kind_state_parent_asset_and_a_part_of_a_name()
    {
        await using var own = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(own);
        using var rival = await Studio.OfAsync(own);
        var asset = await studio.AssetAsync();
        var movie = Studio.Movie("Die Brücke");
        (movie["assetId"], movie["externalId"]) = (asset, "BRG-1");
        var draft = (await studio.MakeAsync(movie)).GetProperty("id").GetString()!;
        var published = await studio.PublishAsync(Studio.Movie("The bridge"));
        var scheduled = await studio.PublishAsync(Studio.Movie("Tomorrow"), own.Clock.GetUtcNow().AddDays(1));
        var withdrawn = await studio.PublishAsync(Studio.Movie("Gone"));
        (await studio.MoveAsync(withdrawn, "withdraw")).EnsureSuccessStatusCode();
        var series = Studio.Movie("Rivers");
        series["kind"] = "series";
        var of = await studio.PublishAsync(series);
        var extra = Studio.Movie("Behind it");
        (extra["kind"], extra["parentId"]) = ("extra", of);
        var behind = await studio.PublishAsync(extra);
        await rival.PublishAsync(Studio.Movie("A bridge of theirs"));

        Assert.Equal([draft], await FoundAsync("state=draft"));
        var listed = (await studio.Http.GetFromJsonAsync<JsonElement>("/api/studio/titles?state=draft", Ct)).GetProperty("items")[0];
        Assert.Equal((await studio.GetAsync(draft)).Tag, $"\"r{listed.GetProperty("revision")}\"");
        Assert.Equal([scheduled], await FoundAsync("state=scheduled"));
        Assert.Equal([withdrawn], await FoundAsync("state=withdrawn"));
        Assert.Equal(new[] { behind, of, published }.Order(), (await FoundAsync("state=published")).Order());
        Assert.Equal([of], await FoundAsync("kind=series"));
        Assert.Equal([behind], await FoundAsync($"parentId={of}"));
        Assert.Equal([draft], await FoundAsync($"assetId={asset}"));
        Assert.Equal([draft], await FoundAsync("q=BRUCKE"));
        Assert.Equal([draft], await FoundAsync("q=brg"));
        Assert.Equal([published], await FoundAsync("q=bridge&kind=movie&limit=1"));
        Assert.Empty(await FoundAsync("q=nothing"));
        own.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await FoundAsync("state=scheduled"));
        await Problems.IsAsync(await studio.Http.GetAsync("/api/studio/titles?state=1", Ct), HttpStatusCode.BadRequest, "title_state_unknown");
        await Problems.IsAsync(await studio.Http.GetAsync("/api/studio/titles?kind=book", Ct), HttpStatusCode.BadRequest, "title_kind_invalid");
        await Problems.IsAsync(await studio.Http.GetAsync("/api/studio/titles?q=%20", Ct), HttpStatusCode.BadRequest, "filter_invalid");

        async Task<IReadOnlyList<string>> FoundAsync(string query)
        {
            var page = await studio.Http.GetFromJsonAsync<JsonElement>($"/api/studio/titles?{query}", Ct);
            return [.. page.GetProperty("items").EnumerateArray().Select(title => title.GetProperty("id").GetString()!)];
        }
    }

    [Fact]
    public async Task A_name_is_looked_for_in_some_pages_a_request_and_further_by_its_next()
    {
        await using var own = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(own);
        var wanted = (await studio.MakeAsync(Studio.Movie("The bridge"))).GetProperty("id").GetString();
        for (var i = 0; i < 30; i++)
        {
            own.Clock.Advance(TimeSpan.FromSeconds(1));
            await studio.MakeAsync(Studio.Movie($"Another {i}"));
        }

        var first = await studio.Http.GetFromJsonAsync<JsonElement>("/api/studio/titles?q=bridge&limit=1", Ct);
        Assert.Equal(0, first.GetProperty("items").GetArrayLength());
        var second = await studio.Http.GetFromJsonAsync<JsonElement>($"/api/studio/titles?q=bridge&limit=1&after={Uri.EscapeDataString(first.GetProperty("next").GetString()!)}", Ct);
        Assert.Equal(wanted, Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }
}
