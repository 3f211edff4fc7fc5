using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Watching;

namespace FlickStream.Portal.Tests.Administration;

public sealed class UserTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_role_ends_the_sessions_that_held_the_old_one()
    {
        using var person = await Person.RegisteredAsync(portal);
        await portal.MakeAsync(person, "admin");
        Assert.Equal(HttpStatusCode.Unauthorized, await person.StatusAsync());
        await person.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await person.Browser.GetAsync("/api/users", Ct)).StatusCode);

        await portal.MakeAsync(person, "viewer");
        Assert.Equal(HttpStatusCode.Unauthorized, await person.StatusAsync());
        await person.SignInAsync();
        await Problems.IsAsync(await person.Browser.GetAsync("/api/users", Ct), HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task The_export_tells_what_a_person_did_with_privileges_and_underwent_and_not_by_whom()
    {
        using var admin = await Person.RegisteredAsync(portal);
        using var person = await Person.RegisteredAsync(portal);
        await portal.MakeAsync(admin, "admin");
        await admin.SignInAsync();
        var id = (await person.AccountAsync()).GetProperty("id").GetString();
        (await admin.Browser.PutAsJsonAsync($"/api/users/{id}/role", new { role = "admin" }, Ct)).EnsureSuccessStatusCode();
        await person.SignInAsync();
        var (done, undergone) = (await AuditAsync(admin, "done"), await AuditAsync(person, "undergone"));
        Assert.Equal(("role_changed", $"account:{id}", "viewer to admin"), (Told(done, "action"), Told(done, "subject"), Told(done, "detail")));
        Assert.Equal(("role_changed", "viewer to admin"), (Told(undergone, "action"), Told(undergone, "detail")));
        Assert.DoesNotContain((await admin.AccountAsync()).GetProperty("id").GetString()!, undergone.GetRawText(), StringComparison.Ordinal);

        static async Task<JsonElement> AuditAsync(Person of, string part) => Assert.Single((await of.ReadAsync("/api/accounts/me/export")).GetProperty("audit").GetProperty(part).EnumerateArray());

        static string? Told(JsonElement told, string name) => told.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData("""{"role":"emperor"}""", HttpStatusCode.BadRequest, "role_invalid")]
    [InlineData("""{"role":{"$ne":""}}""", HttpStatusCode.BadRequest, "bad_request")]
    [InlineData("""{"role":"studio"}""", HttpStatusCode.BadRequest, "organisation_needed")]
    [InlineData("""{"role":"studio","organisationId":"none"}""", HttpStatusCode.NotFound, "organisation_not_found")]
    public async Task What_is_no_role_is_refused(string body, HttpStatusCode status, string code)
    {
        using var person = await Person.RegisteredAsync(portal);
        var id = (await person.AccountAsync()).GetProperty("id").GetString();
        await Problems.IsAsync(await portal.Admin.PutAsync($"/api/users/{id}/role", new StringContent(body, null, "application/json"), Ct), status, code);
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync());
    }

    [Fact]
    public async Task Users_are_found_by_role_and_address_and_paged()
    {
        await using var own = await PortalHost.StartAsync();
        var people = new List<Person>();
        for (var i = 0; i < 3; i++)
        {
            people.Add(await Person.RegisteredAsync(own));
            own.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await own.MakeAsync(people[1], "admin");
        Assert.Equal([people[1].Email], await EmailsAsync(own, "role=admin"));
        Assert.Equal([people[2].Email], await EmailsAsync(own, $"email={people[2].Email.ToUpperInvariant()}"));
        var first = await own.Admin.GetFromJsonAsync<JsonElement>("/api/users?limit=2", Ct);
        var second = await own.Admin.GetFromJsonAsync<JsonElement>($"/api/users?limit=2&after={first.GetProperty("next")}", Ct);
        Assert.Equal(
            people.Select(person => person.Email).Reverse(),
            new[] { first, second }.SelectMany(page => page.GetProperty("items").EnumerateArray()).Select(user => user.GetProperty("email").GetString()!));
        Assert.DoesNotContain("argon2", first.ToString());
        people.ForEach(person => person.Dispose());
    }

    [Fact]
    public async Task Users_are_found_by_how_their_address_begins_in_capitals_or_not_and_paged()
    {
        await using var own = await PortalHost.StartAsync();
        var people = new List<Person>();
        foreach (var name in new[] { "Zoe", "anna", "ann.b", "Ann", "an_c", "anne" })
        {
            people.Add(new Person(own) { Email = $"{name}@example.org" });
            await people[^1].RegisterAsync();
            await people[^1].PostAsync("/api/accounts/verify", new { token = await people[^1].LinkAsync("Finish your registration"), password = Person.Password });
        }

        await own.MakeAsync(people[1], "admin");
        string[] found = ["ann.b@example.org", "Ann@example.org", "anna@example.org", "anne@example.org"];
        Assert.Equal(found, await EmailsAsync(own, "emailPrefix=ANN"));
        Assert.Equal(["Ann@example.org"], await EmailsAsync(own, "emailPrefix=ann@"));
        Assert.Equal([people[1].Email], await EmailsAsync(own, "emailPrefix=ann&role=admin"));
        Assert.Empty(await EmailsAsync(own, "emailPrefix=ann&suspended=true"));
        Assert.Empty(await EmailsAsync(own, $"emailPrefix=ann&email={people[0].Email}"));
        Assert.Empty(await EmailsAsync(own, "emailPrefix=%25"));
        var first = await own.Admin.GetFromJsonAsync<JsonElement>("/api/users?emailPrefix=ann&limit=3", Ct);
        Assert.Equal(found[3..], await EmailsAsync(own, $"emailPrefix=ann&limit=3&after={first.GetProperty("next")}"));
        foreach (var none in new[] { "%20", "a%00" })
            await Problems.IsAsync(await own.Admin.GetAsync($"/api/users?emailPrefix={none}", Ct), HttpStatusCode.BadRequest, "email_prefix_invalid");
        people.ForEach(person => person.Dispose());
    }

    [Fact]
    public async Task The_people_of_a_studio_are_found_by_it()
    {
        var made = await portal.Admin.PostAsJsonAsync("/api/organisations", new { name = "A studio" }, Ct);
        var studio = (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
        using var member = await Person.RegisteredAsync(portal);
        using var other = await Person.RegisteredAsync(portal);
        await portal.MakeAsync(member, "studio", studio);
        Assert.Equal([member.Email], await EmailsAsync(portal, $"organisationId={studio}"));
        Assert.Equal([member.Email], await EmailsAsync(portal, $"organisationId={studio}&role=studio"));
        Assert.Empty(await EmailsAsync(portal, $"organisationId={studio}&role=admin"));
        Assert.Empty(await EmailsAsync(portal, $"organisationId={studio}&email={other.Email}"));
        Assert.Equal([member.Email], await EmailsAsync(portal, $"organisationId={studio}&email={member.Email}"));
    }

    private static async Task<IEnumerable<string?>> EmailsAsync(PortalHost host, string query) =>
        (await host.Admin.GetFromJsonAsync<JsonElement>($"/api/users?{query}", Ct)).GetProperty("items").EnumerateArray().Select(user => user.GetProperty("email").GetString());
}
