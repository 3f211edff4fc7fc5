using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Keys;

public sealed class StudioKeyTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string Keys = "/api/studio/keys";
    private const string Titles = "/api/studio/titles";
    private const string Webhooks = "/api/studio/webhooks";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_whole_once_and_its_secret_never_again()
    {
        using var studio = await Studio.OfAsync(portal);
        using var ann = await MemberAsync(portal, studio.Id);
        var made = await ann.PostAsync(Keys, new { name = " The uploader ", scopes = (string[])["playback", "ingest"] });
        var body = await ReadAsync(made, HttpStatusCode.Created);
        var key = body.GetProperty("key").GetString()!;
        Assert.Matches("^fs_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$", key);
        Assert.Equal($"{Keys}/{Id(body)}", made.Headers.Location?.ToString());

        var list = await ann.Browser.GetStringAsync(Keys, Ct);
        Assert.DoesNotContain(key[^43..], list);
        Assert.DoesNotContain("secret", list, StringComparison.OrdinalIgnoreCase);
        var listed = Items(list).Single(item => Id(item) == Id(body));
        Assert.Equal("The uploader", listed.GetProperty("name").GetString());
        Assert.Equal(["ingest", "playback"], listed.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal(ann.Email, listed.GetProperty("createdBy").GetProperty("email").GetString());
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("revokedAt").ValueKind);

        var told = await portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject=key:{Id(body)}", Ct);
        var creation = Assert.Single(told.GetProperty("items").EnumerateArray());
        Assert.Equal("key_created", creation.GetProperty("action").GetString());
        Assert.Equal($"account:{(await ann.AccountAsync()).GetProperty("id").GetString()}", creation.GetProperty("actor").GetString());
    }

    [Fact]
    public async Task A_key_works_on_what_is_the_organisation_s_and_on_nothing_of_another()
    {
        using var studio = await Studio.OfAsync(portal);
        using var rival = await Studio.OfAsync(portal);
        using var ann = await MemberAsync(portal, studio.Id);
        using var rita = await MemberAsync(portal, rival.Id);
        using var key = portal.ClientFor((await CreateAsync(ann, "ingest", "catalog")).Key);
        using var others = portal.ClientFor((await CreateAsync(rita, "ingest", "catalog")).Key);

        var title = Id(await ReadAsync(await key.PostAsJsonAsync(Titles, Studio.Movie("Ours"), Ct), HttpStatusCode.Created));
        var hook = (await ReadAsync(await key.PostAsJsonAsync(Webhooks, new { url = "https://hooks.example.org/ours" }, Ct), HttpStatusCode.Created))
            .GetProperty("endpoint").GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.OK, (await ann.Browser.GetAsync($"{Titles}/{title}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await studio.Http.GetAsync($"{Titles}/{title}", Ct)).StatusCode);
        Assert.Equal(studio.Id, Id(await key.GetFromJsonAsync<JsonElement>("/api/studio/organisation", Ct)));

        await Problems.IsAsync(await others.GetAsync($"{Titles}/{title}", Ct), HttpStatusCode.NotFound, "title_not_found");
        await Problems.IsAsync(await others.DeleteAsync($"{Webhooks}/{hook}", Ct), HttpStatusCode.NotFound, "webhook_not_found");
        Assert.Empty(Items(await others.GetStringAsync(Webhooks, Ct)));
    }

    [Theory]
    [InlineData("ingest", Titles, "/api/playback")]
    [InlineData("playback", Titles, Webhooks)]
    [InlineData("catalog", Webhooks, "/api/playback")]
    public async Task A_key_does_no_more_than_its_scopes_and_makes_no_keys(string scope, string one, string other)
    {
        await using var own = await PortalHost.StartAsync(hasOrigin: true);
        using var studio = await Studio.OfAsync(own);
        using var ann = await MemberAsync(own, studio.Id);
        var (id, text) = await CreateAsync(ann, scope);
        using var key = own.ClientFor(text);
        foreach (var path in new[] { one, other, Keys, "/api/keys", "/api/users" })
            await Problems.IsAsync(await key.GetAsync(path, Ct), HttpStatusCode.Forbidden, "forbidden");
        await Problems.IsAsync(await key.PostAsJsonAsync(Keys, new { name = "x", scopes = (string[])[scope] }, Ct), HttpStatusCode.Forbidden, "forbidden");
        await Problems.IsAsync(await key.DeleteAsync($"{Keys}/{id}", Ct), HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["ingest"]}""", "key_name_invalid")]
    [InlineData("""{"name":"a\u0000b","scopes":["ingest"]}""", "key_name_invalid")]
    [InlineData("""{"name":"a","scopes":[]}""", "key_scopes_invalid")]
    [InlineData("""{"name":"a"}""", "key_scopes_invalid")]
    [InlineData("""{"name":"a","scopes":["ingest","jobs"]}""", "key_scopes_invalid")]
    [InlineData("""{"name":"a","scopes":["admin"]}""", "key_scopes_invalid")]
    [InlineData("""{"name":"a","scopes":[null]}""", "key_scopes_invalid")]
    [InlineData("""{"name":"a","scopes":"ingest"}""", "bad_request")]
    public async Task A_wrong_request_is_refused_with_its_code(string body, string code)
    {
        using var studio = await Studio.OfAsync(portal);
        using var ann = await MemberAsync(portal, studio.Id);
        await Problems.IsAsync(
            await ann.Browser.PostAsync(Keys, new StringContent(body, null, "application/json"), Ct), HttpStatusCode.BadRequest, code);
        Assert.Single(Items(await ann.Browser.GetStringAsync(Keys, Ct)));
    }

    [Fact]
    public async Task Whatever_organisation_is_named_the_key_is_the_caller_s_and_others_do_not_find_it()
    {
        using var studio = await Studio.OfAsync(portal);
        using var rival = await Studio.OfAsync(portal);
        using var ann = await MemberAsync(portal, studio.Id);
        using var rita = await MemberAsync(portal, rival.Id);
        var made = await ReadAsync(
            await ann.PostAsync($"{Keys}?organisationId={rival.Id}", new { name = "x", scopes = (string[])["catalog"], organisationId = rival.Id }), HttpStatusCode.Created);
        using var key = portal.ClientFor(made.GetProperty("key").GetString());
        Assert.Equal(studio.Id, Id(await key.GetFromJsonAsync<JsonElement>("/api/studio/organisation", Ct)));

        await Problems.IsAsync(await rita.Browser.DeleteAsync($"{Keys}/{Id(made)}", Ct), HttpStatusCode.NotFound, "key_not_found");
        Assert.DoesNotContain(Id(made), await rita.Browser.GetStringAsync($"{Keys}?limit=200&organisationId={studio.Id}", Ct));
        Assert.Equal(HttpStatusCode.OK, (await key.GetAsync(Titles, Ct)).StatusCode);
        var (ofNobody, _) = await portal.CreateKeyAsync("playback");
        await Problems.IsAsync(await ann.Browser.DeleteAsync($"{Keys}/{ofNobody}", Ct), HttpStatusCode.NotFound, "key_not_found");
        await Problems.IsAsync(await ann.Browser.DeleteAsync($"{Keys}/0000000000000000", Ct), HttpStatusCode.NotFound, "key_not_found");
    }

    [Fact]
    public async Task A_key_that_a_colleague_or_an_administrator_made_is_revoked_at_once_and_stays_in_the_list()
    {
        using var studio = await Studio.OfAsync(portal);
        using var ann = await MemberAsync(portal, studio.Id);
        using var ben = await MemberAsync(portal, studio.Id);
        var (id, text) = await CreateAsync(ann, "catalog");
        using var key = portal.ClientFor(text);
        Assert.Equal(HttpStatusCode.OK, (await key.GetAsync(Titles, Ct)).StatusCode);
        var given = Items(await ben.Browser.GetStringAsync(Keys, Ct)).Single(item => Id(item) != id);
        Assert.Equal(JsonValueKind.Null, given.GetProperty("createdBy").ValueKind);
        Assert.Equal(HttpStatusCode.OK, (await studio.Http.GetAsync(Titles, Ct)).StatusCode);

        foreach (var (one, holder) in new[] { (id, key), (Id(given), studio.Http) })
        {
            var revoked = await ReadAsync(await ben.Browser.DeleteAsync($"{Keys}/{one}", Ct), HttpStatusCode.OK);
            await Problems.IsAsync(await holder.GetAsync(Titles, Ct), HttpStatusCode.Unauthorized, "unauthenticated");
            var again = await ReadAsync(await ben.Browser.DeleteAsync($"{Keys}/{one}", Ct), HttpStatusCode.OK);
            Assert.Equal(revoked.GetProperty("revokedAt").GetDateTimeOffset(), again.GetProperty("revokedAt").GetDateTimeOffset());
        }

        var list = Items(await ben.Browser.GetStringAsync(Keys, Ct));
        Assert.Equal(2, list.Length);
        Assert.All(list, item => Assert.NotEqual(JsonValueKind.Null, item.GetProperty("revokedAt").ValueKind));
        var told = await portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject=key:{id}&action=key_revoked", Ct);
        Assert.Equal(2, told.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_list_pages_from_the_newest()
    {
        await using var own = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(own);
        using var rival = await Studio.OfAsync(own);
        using var ann = await MemberAsync(own, studio.Id);
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            own.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Insert(0, (await CreateAsync(ann, "ingest")).Id);
        }

        var paged = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = JsonElement.Parse(await ann.Browser.GetStringAsync($"{Keys}?limit=2{(after == "" ? "" : $"&after={after}")}", Ct));
            paged.AddRange(page.GetProperty("items").EnumerateArray().Select(Id));
            after = page.GetProperty("next").GetString();
        }

        // Behind them is the one that the organisation came with.
        Assert.Equal(5, paged.Count);
        Assert.Equal(ids, paged[..4]);
        await Problems.IsAsync(await ann.Browser.GetAsync($"{Keys}?limit=201", Ct), HttpStatusCode.BadRequest, "limit_invalid");
        await Problems.IsAsync(await ann.Browser.GetAsync($"{Keys}?after=made-up", Ct), HttpStatusCode.BadRequest, "bad_cursor");
    }

    [Fact]
    public async Task An_organisation_has_fifty_good_keys_however_many_are_made_at_once()
    {
        using var studio = await Studio.OfAsync(portal);
        using var ann = await MemberAsync(portal, studio.Id);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => ann.PostAsync(Keys, new { name = $"Key {i}", scopes = (string[])["ingest"] })));
        // The one that an administrator made for it counts too.
        Assert.Equal(49, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            await Problems.IsAsync(refused, HttpStatusCode.Conflict, "key_limit_reached");

        var some = Id(await answers.First(answer => answer.StatusCode == HttpStatusCode.Created).Content.ReadFromJsonAsync<JsonElement>(Ct));
        Assert.Equal(HttpStatusCode.OK, (await ann.Browser.DeleteAsync($"{Keys}/{some}", Ct)).StatusCode);
        await CreateAsync(ann, "ingest");
        await Problems.IsAsync(await ann.PostAsync(Keys, new { name = "x", scopes = (string[])["ingest"] }), HttpStatusCode.Conflict, "key_limit_reached");

        // Nor is anybody else kept from it.
        using var rival = await Studio.OfAsync(portal);
        using var rita = await MemberAsync(portal, rival.Id);
        await CreateAsync(rita, "ingest");
    }

    [Fact]
    public async Task V7_5_3_Who_has_not_shown_lately_who_they_are_makes_and_revokes_none()
    {
        await using var own = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(own);
        using var ann = await MemberAsync(own, studio.Id);
        var (id, text) = await CreateAsync(ann, "catalog");
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        await Problems.IsAsync(await ann.PostAsync(Keys, new { name = "x", scopes = (string[])["ingest"] }), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await ann.Browser.DeleteAsync($"{Keys}/{id}", Ct), HttpStatusCode.Forbidden, "confirmation_needed");
        using var key = own.ClientFor(text);
        Assert.Equal(HttpStatusCode.OK, (await key.GetAsync(Titles, Ct)).StatusCode);
        Assert.Equal(2, Items(await ann.Browser.GetStringAsync(Keys, Ct)).Length);

        Assert.Equal(HttpStatusCode.NoContent, (await ann.PostAsync("/api/session/confirm", new { password = Person.Password })).StatusCode);
        await CreateAsync(ann, "ingest");
        Assert.Equal(HttpStatusCode.OK, (await ann.Browser.DeleteAsync($"{Keys}/{id}", Ct)).StatusCode);

        own.Clock.Leap(TimeSpan.FromDays(8));
        await Problems.IsAsync(await ann.Browser.GetAsync(Keys, Ct), HttpStatusCode.Unauthorized, "unauthenticated");
        await Problems.IsAsync(await ann.PostAsync(Keys, new { name = "x", scopes = (string[])["ingest"] }), HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Viewers_make_none_and_administrators_have_no_organisation_to_make_them_for()
    {
        var wanted = new { name = "x", scopes = (string[])["ingest"] };
        using var viewer = await Person.RegisteredAsync(portal);
        await Problems.IsAsync(await viewer.Browser.GetAsync(Keys, Ct), HttpStatusCode.Forbidden, "forbidden");
        await Problems.IsAsync(await viewer.PostAsync(Keys, wanted), HttpStatusCode.Forbidden, "forbidden");
        await Problems.IsAsync(await portal.Admin.PostAsJsonAsync(Keys, wanted, Ct), HttpStatusCode.Forbidden, "forbidden");

        using var admin = await Person.RegisteredAsync(portal);
        await portal.MakeAsync(admin, "admin");
        await admin.SignInAsync();
        await Problems.IsAsync(await admin.Browser.GetAsync(Keys, Ct), HttpStatusCode.NotFound, "organisation_not_found");
        await Problems.IsAsync(await admin.PostAsync(Keys, wanted), HttpStatusCode.NotFound, "organisation_not_found");
        var (id, _) = await portal.CreateKeyAsync("ingest");
        await Problems.IsAsync(await admin.Browser.DeleteAsync($"{Keys}/{id}", Ct), HttpStatusCode.NotFound, "key_not_found");
    }

    [Fact]
    public async Task A_key_stays_when_who_made_it_leaves_and_tells_no_more_of_them_when_their_account_is_gone()
    {
        await using var own = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(own);
        using var ann = await MemberAsync(own, studio.Id);
        using var ben = await MemberAsync(own, studio.Id);
        var (id, text) = await CreateAsync(ann, "catalog");
        await own.MakeAsync(ann, "viewer");
        await ann.SignInAsync();
        await Problems.IsAsync(await ann.Browser.GetAsync(Keys, Ct), HttpStatusCode.Forbidden, "forbidden");
        using var key = own.ClientFor(text);
        Assert.Equal(HttpStatusCode.OK, (await key.GetAsync(Titles, Ct)).StatusCode);
        Assert.Equal(ann.Email, (await MakerAsync()).GetProperty("email").GetString());

        var export = JsonElement.Parse(await ann.Browser.GetStringAsync("/api/accounts/me/export", Ct));
        Assert.Equal(id, Id(Assert.Single(export.GetProperty("keys").EnumerateArray())));
        Assert.Equal(HttpStatusCode.OK, (await ann.Browser.DeleteAsync("/api/accounts/me", Ct)).StatusCode);
        own.Clock.Leap(TimeSpan.FromDays(15));
        await own.Services.GetRequiredService<AccountSweep>().SweepAsync(Ct);
        await ben.SignInAsync();
        Assert.Equal(JsonValueKind.Null, (await MakerAsync()).ValueKind);
        Assert.DoesNotContain(ann.Email, await ben.Browser.GetStringAsync(Keys, Ct));
        Assert.Equal(HttpStatusCode.OK, (await key.GetAsync(Titles, Ct)).StatusCode);

        async Task<JsonElement> MakerAsync() =>
            Items(await ben.Browser.GetStringAsync(Keys, Ct)).Single(item => Id(item) == id).GetProperty("createdBy");
    }

    /// <summary>Another process may take an ended session for good for seconds, and a key would have been good for ever.</summary>
    [Fact]
    public async Task Who_was_taken_out_of_the_organisation_makes_no_key_by_a_session_that_another_process_still_knows()
    {
        await using var first = await PortalHost.StartAsync(isOfMany: true);
        await using var second = await PortalHost.StartAsync(beside: first);
        using var studio = await Studio.OfAsync(first);
        using var ann = await MemberAsync(first, studio.Id);
        using var elsewhere = new Person(second) { Email = ann.Email };
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.SignInAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.Browser.GetAsync(Keys, Ct)).StatusCode);
        await first.MakeAsync(ann, "viewer");
        var answer = await elsewhere.PostAsync(Keys, new { name = "x", scopes = (string[])["ingest"] });
        // As it happens to be known there no more.
        if (answer.StatusCode != HttpStatusCode.Unauthorized) await Problems.IsAsync(answer, HttpStatusCode.Forbidden, "confirmation_needed");
    }

    private static async Task<Person> MemberAsync(PortalHost host, string organisationId)
    {
        var person = await Person.RegisteredAsync(host);
        await host.MakeAsync(person, "studio", organisationId);
        Assert.Equal(HttpStatusCode.OK, (await person.SignInAsync()).StatusCode);
        return person;
    }

    private static async Task<(string Id, string Key)> CreateAsync(Person person, params string[] scopes)
    {
        var made = await ReadAsync(await person.PostAsync(Keys, new { name = "A key", scopes }), HttpStatusCode.Created);
        return (Id(made), made.GetProperty("key").GetString()!);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static JsonElement[] Items(string list) => [.. JsonElement.Parse(list).GetProperty("items").EnumerateArray()];

    private static string Id(JsonElement of) => of.GetProperty("id").GetString()!;
}
