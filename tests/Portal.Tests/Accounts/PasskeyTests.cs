using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Passkeys;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Accounts;

public sealed class PasskeyTests(PasskeyTests.Site site) : IClassFixture<PasskeyTests.Site>
{
    private const string Mine = "/api/accounts/me/passkeys";

    private readonly PortalHost _portal = site.Portal;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_opens_the_account_without_address_and_password()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var key = await AddedAsync(person);
        Assert.Contains("\"My phone\"", await _portal.LetterAsync(person.Email, "A passkey was added"));
        using var browser = new Person(_portal);
        var opened = await ShowAsync(browser, "/api/session/passkey", key);
        Assert.Equal(person.Email, (await opened.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("email").GetString());
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
        Assert.NotEqual(JsonValueKind.Null, Assert.Single(await ListAsync(person)).GetProperty("usedAt").ValueKind);
    }

    [Fact]
    public async Task It_is_two_factors_by_itself()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var key = await AddedAsync(person);
        await Authenticator.AddedAsync(_portal, person);
        using var browser = new Person(_portal);
        Assert.Equal(HttpStatusCode.OK, (await ShowAsync(browser, "/api/session/passkey", key)).StatusCode);
    }

    [Fact]
    public async Task It_confirms_who_sits_there_and_only_its_owner()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var other = await Person.RegisteredAsync(_portal);
        using var key = await AddedAsync(person);
        _portal.Clock.Advance(TimeSpan.FromMinutes(11));
        await Problems.IsAsync(await person.PostAsync($"{Mine}/options", new { }), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await ShowAsync(other, "/api/session/confirm/passkey", key), HttpStatusCode.Unauthorized, "passkey_invalid");
        Assert.Equal(HttpStatusCode.NoContent, (await ShowAsync(person, "/api/session/confirm/passkey", key)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await person.PostAsync($"{Mine}/options", new { })).StatusCode);
        await Problems.IsAsync(await other.Browser.GetAsync("/api/accounts/me/export", Ct), HttpStatusCode.Forbidden, "confirmation_needed");
    }

    [Fact]
    public async Task A_challenge_is_good_once_for_minutes_and_in_the_browser_that_asked()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var key = await AddedAsync(person);
        using var first = new Person(_portal);
        using var second = new Person(_portal);
        var options = await AskAsync(first);
        await Problems.IsAsync(await SignInAsync(second, key.Show(options)), HttpStatusCode.Unauthorized, "passkey_invalid");
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(first, key.Show(options))).StatusCode);
        await Problems.IsAsync(await SignInAsync(first, key.Show(options)), HttpStatusCode.Unauthorized, "passkey_invalid");

        var asked = await first.PostAsync("/api/session/passkey/options", new { });
        var cookie = asked.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Matches("^__Host-flickstream-passkey=[A-Za-z0-9_-]{43}$", cookie);
        var again = await asked.Content.ReadFromJsonAsync<JsonElement>(Ct);
        var tries = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ReplayAsync(cookie, key.Show(again))));
        Assert.Single(tries, answer => answer.StatusCode == HttpStatusCode.OK);

        var late = await AskAsync(second);
        _portal.Clock.Advance(TimeSpan.FromMinutes(6));
        await Problems.IsAsync(await SignInAsync(second, key.Show(late)), HttpStatusCode.Unauthorized, "passkey_invalid");
    }

    [Theory]
    [InlineData("another site")]
    [InlineData("another name")]
    [InlineData("another challenge")]
    [InlineData("nobody verified")]
    [InlineData("another's account")]
    [InlineData("another's key")]
    [InlineData("copied")]
    [InlineData("no answer")]
    public async Task What_is_not_right_opens_nothing(string wrong)
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var other = await Person.RegisteredAsync(_portal);
        using var key = await AddedAsync(person, new SoftAuthenticator { SignCount = 7 });
        using var unknown = new SoftAuthenticator();
        using var browser = new Person(_portal);
        var options = await AskAsync(browser);
        var handle = Base64Url.EncodeToString(Encoding.ASCII.GetBytes((await other.AccountAsync()).GetProperty("id").GetString()!));
        if (wrong == "another site") key.Origin = "https://watch.example.net";
        if (wrong == "another name") key.Domain = "xn--kin-2na.example";
        if (wrong == "another challenge") options = JsonElement.Parse("""{"challenge":"AAAA"}""");
        if (wrong == "nobody verified") key.IsUserVerified = false;
        if (wrong == "copied") key.SignCount = 6;
        var credential = wrong switch
        {
            "another's key" => unknown.Show(options, handle),
            "another's account" => key.Show(options, handle),
            "no answer" => new { },
            _ => key.Show(options),
        };
        await Problems.IsAsync(await SignInAsync(browser, credential), HttpStatusCode.Unauthorized, "passkey_invalid");
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
    }

    [Fact]
    public async Task Making_one_needs_a_verified_user_at_the_own_site_and_its_own_challenge()
    {
        using var person = await Person.RegisteredAsync(_portal);
        foreach (var key in new[] { new SoftAuthenticator("https://watch.example.net"), new SoftAuthenticator { Domain = "example.net" }, new SoftAuthenticator { IsUserVerified = false } })
        {
            var options = await (await person.PostAsync($"{Mine}/options", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
            await Problems.IsAsync(await person.PostAsync(Mine, new { name = "x", credential = key.Make(options) }), HttpStatusCode.Unauthorized, "passkey_invalid");
            key.Dispose();
        }

        using var good = new SoftAuthenticator();
        var once = await (await person.PostAsync($"{Mine}/options", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal("required", once.GetProperty("authenticatorSelection").GetProperty("userVerification").GetString());
        await Problems.IsAsync(await person.PostAsync(Mine, new { name = "", credential = good.Make(once) }), HttpStatusCode.BadRequest, "passkey_name_invalid");
        Assert.Equal(HttpStatusCode.Created, (await person.PostAsync(Mine, new { name = "x", credential = good.Make(once) })).StatusCode);
        await Problems.IsAsync(await person.PostAsync(Mine, new { name = "x", credential = good.Make(once) }), HttpStatusCode.Unauthorized, "passkey_invalid");
    }

    [Fact]
    public async Task Their_owner_alone_names_and_removes_them()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var other = await Person.RegisteredAsync(_portal);
        using var key = await AddedAsync(person);
        var path = $"{Mine}/{Assert.Single(await ListAsync(person)).GetProperty("id").GetString()}";
        await Problems.IsAsync(await other.Browser.PatchAsJsonAsync(path, new { name = "mine" }, Ct), HttpStatusCode.NotFound, "passkey_not_found");
        await Problems.IsAsync(await other.Browser.DeleteAsync(path, Ct), HttpStatusCode.NotFound, "passkey_not_found");
        Assert.Equal(HttpStatusCode.OK, (await person.Browser.PatchAsJsonAsync(path, new { name = "The old phone" }, Ct)).StatusCode);
        Assert.Contains("The old phone", await person.Browser.GetStringAsync("/api/accounts/me/export", Ct));
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.DeleteAsync(path, Ct)).StatusCode);
        Assert.Contains("The old phone", await _portal.LetterAsync(person.Email, "A passkey was removed"));
        await Problems.IsAsync(await ShowAsync(person, "/api/session/passkey", key), HttpStatusCode.Unauthorized, "passkey_invalid");
    }

    [Fact]
    public async Task They_go_with_the_account()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var key = await AddedAsync(person);
        var id = (await person.AccountAsync()).GetProperty("id").GetString();
        var kept = _portal.Services.GetRequiredService<IDocuments>().Set(Passkey.Schema);
        Assert.Equal(1, await kept.CountAsync([DocumentFilter.Equal("account", id)], Ct));
        await person.Browser.DeleteAsync("/api/accounts/me", Ct);
        _portal.Clock.Advance(TimeSpan.FromDays(15));
        await _portal.Services.GetRequiredService<AccountSweep>().SweepAsync(Ct);
        Assert.Equal(0, await kept.CountAsync([DocumentFilter.Equal("account", id)], Ct));
    }

    [Fact]
    public async Task Without_a_public_address_they_are_made_on_this_machine_only()
    {
        await using var own = await PortalHost.StartAsync();
        using var person = await Person.RegisteredAsync(own);
        await Problems.IsAsync(await person.PostAsync($"{Mine}/options", new { }), HttpStatusCode.ServiceUnavailable, "public_url_unset");
    }

    private static async Task<SoftAuthenticator> AddedAsync(Person person, SoftAuthenticator? key = null)
    {
        key ??= new SoftAuthenticator();
        var options = await (await person.PostAsync($"{Mine}/options", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(HttpStatusCode.Created, (await person.PostAsync(Mine, new { name = "My phone", credential = key.Make(options) })).StatusCode);
        return key;
    }

    private static async Task<JsonElement> AskAsync(Person browser) =>
        await (await browser.PostAsync("/api/session/passkey/options", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);

    private static async Task<HttpResponseMessage> ShowAsync(Person browser, string path, SoftAuthenticator key) =>
        await browser.PostAsync(path, new { credential = key.Show(await AskAsync(browser)) });

    private static Task<HttpResponseMessage> SignInAsync(Person browser, object credential) => browser.PostAsync("/api/session/passkey", new { credential });

    private async Task<HttpResponseMessage> ReplayAsync(string cookie, object credential)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session/passkey") { Content = JsonContent.Create(new { credential }) };
        request.Headers.Add("Cookie", cookie);
        return await _portal.Anonymous.SendAsync(request, Ct);
    }

    private static async Task<List<JsonElement>> ListAsync(Person person) =>
        [.. (await person.Browser.GetFromJsonAsync<JsonElement>(Mine, Ct)).GetProperty("items").EnumerateArray()];

    /// <summary>A portal with a name of its own.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public PortalHost Portal { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Portal = await PortalHost.StartAsync(new() { ["Accounts:PublicUrl"] = "https://watch.kinø.example:443/app" });

        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }
}
