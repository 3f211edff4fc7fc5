using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Profiles;

public sealed class ProfileTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static readonly string[] Spoken = ["de"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_account_has_one_profile_from_the_start_and_keeps_one()
    {
        using var person = await Person.RegisteredAsync(portal);
        var lists = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ListAsync(person)));
        var id = Assert.Single(lists.SelectMany(list => list).Select(IdOf).Distinct());
        await Problems.IsAsync(await person.Browser.DeleteAsync($"/api/profiles/{id}", Ct), HttpStatusCode.Conflict, "profile_last");
    }

    [Fact]
    public async Task However_many_are_made_at_once_no_more_are_there_than_may_be()
    {
        using var person = await Person.RegisteredAsync(portal);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => person.PostAsync("/api/profiles", new { name = $"P{i}" })));
        Assert.Equal(4, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            await Problems.IsAsync(refused, HttpStatusCode.Conflict, "profile_limit_reached");
        Assert.Equal(5, (await ListAsync(person)).Count);
    }

    [Fact]
    public async Task A_profile_is_changed_by_who_has_seen_it_last()
    {
        using var person = await Person.RegisteredAsync(portal);
        var made = await person.PostAsync("/api/profiles", new { name = "Ann" });
        var path = made.Headers.Location!.ToString();
        var seen = (await person.Browser.GetAsync(path, Ct)).Headers.ETag!.ToString();
        Assert.Equal((made.Headers.ETag!.ToString(), "\"r1\""), (seen, seen));
        await Problems.IsAsync(await person.Browser.ReplaceAsync(path, new { content = new { name = "Bea" } }, ifMatch: null), (HttpStatusCode)428, "if_match_needed");
        var changed = await person.Browser.ReplaceAsync(path, new { content = new { name = "Bea" } }, seen);
        Assert.Equal((HttpStatusCode.OK, "\"r2\""), (changed.StatusCode, changed.Headers.ETag!.ToString()));
        await Problems.IsAsync(await person.Browser.ReplaceAsync(path, new { content = new { name = "Eve" } }, seen), HttpStatusCode.PreconditionFailed, "profile_changed");
        // Whether it has a PIN is no part of what was edited.
        Assert.Equal(HttpStatusCode.OK, (await SetPinAsync(person, path.Split('/')[^1], new { pin = "1234", password = Person.Password })).StatusCode);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => person.Browser.ReplaceAsync(path, new { content = new { name = $"P{i}" } }, "\"r2\"")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(3, (await person.Browser.GetFromJsonAsync<JsonElement>(path, Ct)).GetProperty("revision").GetInt32());
    }

    [Theory]
    [InlineData("""{"name":" "}""", "profile_name_invalid")]
    [InlineData("""{"name":{"$ne":""}}""", "bad_request")]
    [InlineData("""{"name":"A","avatar":"../fox"}""", "avatar_unknown")]
    [InlineData("""{"name":"A","languages":["x"]}""", "profile_language_invalid")]
    [InlineData("""{"name":"A","captions":{"areOn":true,"language":"x"}}""", "profile_language_invalid")]
    [InlineData("""{"name":"A","favouriteGenres":["none"]}""", "genre_unknown")]
    [InlineData("""{"name":"A","maximumAge":19}""", "profile_age_invalid")]
    [InlineData("""{"name":"A","maximumAge":16,"isKids":true}""", "profile_age_invalid")]
    public async Task What_is_not_right_is_refused_by_its_code(string body, string code)
    {
        using var person = await Person.RegisteredAsync(portal);
        var answer = await person.Browser.PostAsync("/api/profiles", new StringContent(body, null, "application/json"), Ct);
        await Problems.IsAsync(answer, HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task V8_2_2_Nobody_reaches_a_profile_of_another_account()
    {
        using var one = await Person.RegisteredAsync(portal);
        using var two = await Person.RegisteredAsync(portal);
        var id = IdOf((await ListAsync(one))[0]);
        HttpResponseMessage[] tries =
        [
            await EnterAsync(two, id), await two.Browser.ReplaceAsync($"/api/profiles/{id}", new { content = new { name = "Mine" } }),
            await two.Browser.GetAsync($"/api/profiles/{id}", Ct),
            await two.Browser.PutAsJsonAsync($"/api/profiles/{id}/pin", new { pin = "1234", password = Person.Password }, Ct),
            await two.Browser.DeleteAsync($"/api/profiles/{id}", Ct),
        ];
        foreach (var answer in tries) await Problems.IsAsync(answer, HttpStatusCode.NotFound, "profile_not_found");
        Assert.Equal("Me", (await ListAsync(one))[0].GetProperty("content").GetProperty("name").GetString());
        await Problems.IsAsync(await portal.Admin.GetAsync("/api/profiles", Ct), HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Where_there_is_a_second_factor_the_password_alone_replaces_no_PIN()
    {
        await using var own = await PortalHost.StartAsync();
        using var person = await Person.RegisteredAsync(own);
        var id = IdOf((await ListAsync(person))[0]);
        Assert.Equal(HttpStatusCode.OK, (await SetPinAsync(person, id, new { pin = "1234" })).StatusCode);
        var app = await Authenticator.AddedAsync(own, person);

        await Problems.IsAsync(await SetPinAsync(person, id, new { pin = "5555", password = Person.Password }), HttpStatusCode.Unauthorized, "second_factor_needed");
        Assert.Equal(HttpStatusCode.OK, (await SetPinAsync(person, id, new { pin = "5555", password = Person.Password, code = app.NextCode() })).StatusCode);
    }

    [Fact]
    public async Task A_PIN_opens_its_profile_and_its_limit_and_can_be_guessed_a_few_times()
    {
        await using var own = await PortalHost.StartAsync();
        using var person = await Person.RegisteredAsync(own);
        var id = IdOf((await ListAsync(person))[0]);
        await Problems.IsAsync(await SetPinAsync(person, id, new { pin = "12a4" }), HttpStatusCode.BadRequest, "pin_invalid");
        Assert.Equal(HttpStatusCode.OK, (await SetPinAsync(person, id, new { pin = "1234" })).StatusCode);
        Assert.DoesNotContain("argon2", (await ListAsync(person))[0].ToString());
        await Problems.IsAsync(await EnterAsync(person, id), HttpStatusCode.Forbidden, "pin_needed");
        await Problems.IsAsync(await EnterAsync(person, id, "4321"), HttpStatusCode.Forbidden, "pin_wrong");
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(person, id, "1234")).StatusCode);
        await Problems.IsAsync(await ChangeAsync(person, id, new { name = "Me", maximumAge = 6 }), HttpStatusCode.Forbidden, "pin_needed");
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(person, id, new { name = "Other" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(person, id, new { name = "Me", maximumAge = 6 }, "1234")).StatusCode);
        await Problems.IsAsync(await SetPinAsync(person, id, new { pin = "0000", current = "9999" }), HttpStatusCode.Forbidden, "pin_wrong");
        foreach (var guess in new[] { "0001", "0002", "0003" })
            await Problems.IsAsync(await EnterAsync(person, id, guess), HttpStatusCode.Forbidden, "pin_wrong");
        await Problems.IsAsync(await EnterAsync(person, id, "1234"), HttpStatusCode.TooManyRequests, "rate_limited");

        await Problems.IsAsync(await SetPinAsync(person, id, new { pin = "5555", password = "wrong" }), HttpStatusCode.Unauthorized, "credentials_wrong");
        Assert.Equal(HttpStatusCode.OK, (await SetPinAsync(person, id, new { pin = "5555", password = Person.Password })).StatusCode);
        own.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(person, id, "5555")).StatusCode);
    }

    [Fact]
    public async Task The_right_PIN_uses_up_no_guess_and_many_at_once_gain_none()
    {
        await using var own = await PortalHost.StartAsync();
        using var person = await Person.RegisteredAsync(own);
        var id = IdOf((await ListAsync(person))[0]);
        Assert.Equal(HttpStatusCode.OK, (await SetPinAsync(person, id, new { pin = "1234" })).StatusCode);
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.OK, (await EnterAsync(person, id, "1234")).StatusCode);
        var guesses = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => EnterAsync(person, id, $"{i:0000}")));
        Assert.Equal(5, guesses.Count(guess => guess.StatusCode == HttpStatusCode.Forbidden));
        await Problems.IsAsync(await EnterAsync(person, id, "1234"), HttpStatusCode.TooManyRequests, "rate_limited");
    }

    [Fact]
    public async Task A_right_PIN_is_looked_at_no_more_often_than_it_may_cost()
    {
        await using var own = await PortalHost.StartAsync();
        using var person = await Person.RegisteredAsync(own);
        var id = IdOf((await ListAsync(person))[0]);
        await SetPinAsync(person, id, new { pin = "1234" });
        for (var i = 0; i < 30; i++) Assert.Equal(HttpStatusCode.OK, (await EnterAsync(person, id, "1234")).StatusCode);
        await Problems.IsAsync(await EnterAsync(person, id, "1234"), HttpStatusCode.TooManyRequests, "rate_limited");
        own.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(person, id, "1234")).StatusCode);
    }

    [Fact]
    public async Task A_child_is_shown_what_is_for_children_and_makes_no_profile()
    {
        await using var own = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(own);
        var (kids, grown) = (await studio.PublishAsync(Series.Of("For kids", 6)), await studio.PublishAsync(Series.Of("For others", 16)));
        using var person = await Person.RegisteredAsync(own);
        Assert.Equal(2, await SeenAsync(person));
        var child = await (await person.PostAsync("/api/profiles", new { name = "Kid", isKids = true, languages = Spoken })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(person, IdOf(child))).StatusCode);
        Assert.Equal(1, await SeenAsync(person));
        Assert.Equal(HttpStatusCode.OK, (await person.Browser.GetAsync($"/api/titles/{kids}", Ct)).StatusCode);
        await Problems.IsAsync(await person.Browser.GetAsync($"/api/titles/{grown}", Ct), HttpStatusCode.NotFound, "title_not_found");

        own.Clock.Advance(TimeSpan.FromMinutes(11));
        await Problems.IsAsync(await person.PostAsync("/api/profiles", new { name = "Grown" }), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await ChangeAsync(person, IdOf(child), new { name = "Kid" }), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await SetPinAsync(person, IdOf(child), new { pin = "1234" }), HttpStatusCode.Forbidden, "confirmation_needed");
        await person.PostAsync("/api/session/confirm", new { password = Person.Password });
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(person, IdOf(child), new { name = "Kid", maximumAge = 0, isKids = true })).StatusCode);
        Assert.Equal(0, await SeenAsync(person));
    }

    /// <summary>A device is handed over in the minutes in which its owner signed in.</summary>
    [Fact]
    public async Task Whoever_is_given_a_profile_with_a_limit_is_not_taken_for_who_signed_in()
    {
        using var person = await Person.RegisteredAsync(portal);
        var child = IdOf(await MadeAsync(person, new { name = "Kid", isKids = true }));
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(person, child)).StatusCode);
        await Problems.IsAsync(await person.PostAsync("/api/profiles", new { name = "Grown" }), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await person.PostAsync("/api/subscription", new { planId = "basic", currency = "EUR" }), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await person.Browser.DeleteAsync("/api/accounts/me", Ct), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await person.PostAsync("/api/sessions/end-others", new { }), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await person.Browser.DeleteAsync("/api/sessions/none", Ct), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await person.Browser.PatchAsJsonAsync("/api/accounts/me", new { timeZone = "UTC" }, Ct), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await person.PostAsync("/api/accounts/me/keep", new { }), HttpStatusCode.Forbidden, "confirmation_needed");
        (await person.PostAsync("/api/session/confirm", new { password = Person.Password })).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Created, (await person.PostAsync("/api/profiles", new { name = "Grown" })).StatusCode);
    }

    [Fact]
    public async Task Who_acts_as_a_profile_that_is_gone_is_shown_no_more_for_it()
    {
        await using var own = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(own);
        await studio.PublishAsync(Series.Of("For all", 0));
        await studio.PublishAsync(Series.Of("For others", 16));
        using var person = await Person.RegisteredAsync(own);
        var first = IdOf((await ListAsync(person))[0]);
        var child = IdOf(await MadeAsync(person, new { name = "Kid", isKids = true }));
        await EnterAsync(person, child);
        await person.PostAsync("/api/session/confirm", new { password = Person.Password });
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.DeleteAsync($"/api/profiles/{child}", Ct)).StatusCode);
        Assert.Equal(1, await SeenAsync(person));
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        await Problems.IsAsync(await person.PostAsync("/api/profiles", new { name = "Grown" }), HttpStatusCode.Forbidden, "confirmation_needed");
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(person, first)).StatusCode);
        Assert.Equal(2, await SeenAsync(person));
    }

    [Fact]
    public async Task From_within_a_limit_nobody_raises_it_without_showing_who_they_are()
    {
        await using var own = await PortalHost.StartAsync();
        using var person = await Person.RegisteredAsync(own);
        var young = IdOf(await MadeAsync(person, new { name = "Young", maximumAge = 12 }));
        await EnterAsync(person, young);
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        await Problems.IsAsync(await person.PostAsync("/api/profiles", new { name = "Grown", maximumAge = 18 }), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await ChangeAsync(person, young, new { name = "Young", maximumAge = 18 }), HttpStatusCode.Forbidden, "confirmation_needed");
        await person.PostAsync("/api/session/confirm", new { password = Person.Password });
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(person, young, new { name = "Young", maximumAge = 18 })).StatusCode);
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Created, (await person.PostAsync("/api/profiles", new { name = "Grown", maximumAge = 18 })).StatusCode);
    }

    [Fact]
    public async Task Profiles_are_in_the_export_of_an_account_and_go_with_it()
    {
        using var person = await Person.RegisteredAsync(portal);
        await person.PostAsync("/api/profiles", new { name = "Exported" });
        Assert.Contains("Exported", await person.Browser.GetStringAsync("/api/accounts/me/export", Ct));
        var account = (await person.AccountAsync()).GetProperty("id").GetString()!;
        foreach (var slice in portal.Services.GetServices<IPersonalData>().OfType<ProfileData>()) await slice.DeleteAsync(account, Ct);
        Assert.Empty(await portal.Services.GetRequiredService<ProfileStore>().ReadAsync(account, Ct));
    }

    private static async Task<List<JsonElement>> ListAsync(Person person) =>
        [.. (await person.Browser.GetFromJsonAsync<JsonElement>("/api/profiles", Ct)).GetProperty("items").EnumerateArray()];

    private static async Task<JsonElement> MadeAsync(Person person, object content) =>
        await (await person.PostAsync("/api/profiles", content)).Content.ReadFromJsonAsync<JsonElement>(Ct);

    private static Task<HttpResponseMessage> EnterAsync(Person person, string profileId, string? pin = null) =>
        person.Browser.PutAsJsonAsync("/api/session/profile", new { profileId, pin }, Ct);

    private static Task<HttpResponseMessage> ChangeAsync(Person person, string id, object content, string? pin = null) =>
        person.Browser.ReplaceAsync($"/api/profiles/{id}", new { content, pin });

    private static Task<HttpResponseMessage> SetPinAsync(Person person, string id, object request) => person.Browser.PutAsJsonAsync($"/api/profiles/{id}/pin", request, Ct);

    private static async Task<int> SeenAsync(Person person) => (await person.Browser.GetFromJsonAsync<JsonElement>("/api/titles", Ct)).GetProperty("total").GetInt32();

    private static string IdOf(JsonElement profile) => profile.GetProperty("id").GetString()!;
}
