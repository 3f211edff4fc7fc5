using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace FlickStream.Portal.Tests.Accounts;

public sealed class PasskeySignInTests(PasskeySite site) : IClassFixture<PasskeySite>
{
    private const string Mine = "/api/accounts/me/passkeys";

    private readonly PortalHost _portal = site.Portal;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_opens_the_account_without_address_and_password()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var key = await SoftAuthenticator.AddedAsync(person);
        Assert.Contains("\"My phone\"", await _portal.LetterAsync(person.Email, "A passkey was added"));
        using var browser = new Person(_portal);
        var opened = await key.ShowAsync(browser, "/api/session/passkey");
        Assert.Equal(person.Email, (await opened.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("email").GetString());
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
        Assert.NotEqual(JsonValueKind.Null, Assert.Single(await ListAsync(person)).GetProperty("usedAt").ValueKind);
    }

    [Fact]
    public async Task It_is_two_factors_by_itself()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var key = await SoftAuthenticator.AddedAsync(person);
        await Authenticator.AddedAsync(_portal, person);
        using var browser = new Person(_portal);
        Assert.Equal(HttpStatusCode.OK, (await key.ShowAsync(browser, "/api/session/passkey")).StatusCode);
    }

    [Fact]
    public async Task It_confirms_who_sits_there_and_only_its_owner()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var other = await Person.RegisteredAsync(_portal);
        using var key = await SoftAuthenticator.AddedAsync(person);
        _portal.Clock.Advance(TimeSpan.FromMinutes(11));
        await Problems.IsAsync(await person.PostAsync($"{Mine}/options", new { }), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await key.ShowAsync(other, "/api/session/confirm/passkey"), HttpStatusCode.Unauthorized, "passkey_invalid");
        Assert.Equal(HttpStatusCode.NoContent, (await key.ShowAsync(person, "/api/session/confirm/passkey")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await person.PostAsync($"{Mine}/options", new { })).StatusCode);
        await Problems.IsAsync(await other.Browser.GetAsync("/api/accounts/me/export", Ct), HttpStatusCode.Forbidden, "confirmation_needed");
    }

    [Fact]
    public async Task A_challenge_is_good_once_for_minutes_and_in_the_browser_that_asked()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var key = await SoftAuthenticator.AddedAsync(person);
        using var first = new Person(_portal);
        using var second = new Person(_portal);
        var options = await SoftAuthenticator.AskAsync(first);
        await Problems.IsAsync(await SignInAsync(second, key.Show(options)), HttpStatusCode.Unauthorized, "passkey_invalid");
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(first, key.Show(options))).StatusCode);
        await Problems.IsAsync(await SignInAsync(first, key.Show(options)), HttpStatusCode.Unauthorized, "passkey_invalid");

        var asked = await first.PostAsync("/api/session/passkey/options", new { });
        var cookie = asked.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Matches("^__Host-flickstream-passkey=[A-Za-z0-9_-]{43}$", cookie);
        var again = await asked.Content.ReadFromJsonAsync<JsonElement>(Ct);
        var tries = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ReplayAsync(cookie, key.Show(again))));
        Assert.Single(tries, answer => answer.StatusCode == HttpStatusCode.OK);

        var late = await SoftAuthenticator.AskAsync(second);
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
        using var key = await SoftAuthenticator.AddedAsync(person, signCount: 7);
        using var unknown = new SoftAuthenticator();
        using var browser = new Person(_portal);
        var options = await SoftAuthenticator.AskAsync(browser);
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

    private static Task<HttpResponseMessage> SignInAsync(Person browser, object credential) => browser.PostAsync("/api/session/passkey", new { credential });

    private async Task<HttpResponseMessage> ReplayAsync(string cookie, object credential)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session/passkey") { Content = JsonContent.Create(new { credential }) };
        request.Headers.Add("Cookie", cookie);
        return await _portal.Anonymous.SendAsync(request, Ct);
    }

    private static async Task<List<JsonElement>> ListAsync(Person person) =>
        [.. (await person.Browser.GetFromJsonAsync<JsonElement>(Mine, Ct)).GetProperty("items").EnumerateArray()];
}
