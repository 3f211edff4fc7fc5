using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FlickStream.Portal.Tests.Accounts;

public sealed class SessionTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_opened_the_link_with_the_password_is_signed_in()
    {
        using var person = await Person.RegisteredAsync(portal);
        var account = await person.AccountAsync();
        Assert.Equal(person.Email, account.GetProperty("email").GetString());
        Assert.Equal("viewer", account.GetProperty("role").GetString());
    }

    [Fact]
    public async Task V3_3_and_V7_2_3_The_cookie_is_for_this_host_and_no_script()
    {
        using var person = await Person.RegisteredAsync(portal);
        var cookies = (await person.SignInAsync()).Headers.GetValues("Set-Cookie").ToList();
        var cookie = Assert.Single(cookies, c => c.StartsWith("__Host-flickstream=", StringComparison.Ordinal));
        Assert.Matches("^__Host-flickstream=[0-9a-f]{16}\\.[A-Za-z0-9_-]{43}; ", cookie);
        Assert.All(cookies, c =>
        {
            Assert.Contains("; path=/", c);
            Assert.Contains("; secure", c);
            Assert.Contains("; httponly", c);
            Assert.Matches("; samesite=(lax|strict)", c);
            Assert.DoesNotContain("domain", c);
        });
    }

    [Fact]
    public async Task V7_2_4_Each_sign_in_is_a_session_of_its_own_and_ends_the_one_before()
    {
        using var person = await Person.RegisteredAsync(portal);
        var first = await IdAsync(person);
        await person.SignInAsync();
        Assert.NotEqual(first, await IdAsync(person));
        Assert.Single(await SessionsAsync(person));
    }

    [Fact]
    public async Task V7_4_1_After_signing_out_the_cookie_is_worth_nothing()
    {
        using var person = await Person.RegisteredAsync(portal);
        var signedIn = await person.SignInAsync();
        var stolen = signedIn.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("__Host-flickstream=", StringComparison.Ordinal)).Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, (await ReplayAsync(stolen)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.DeleteAsync("/api/session", Ct)).StatusCode);
        await Problems.IsAsync(await ReplayAsync(stolen), HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task V7_3_1_and_V7_3_2_A_session_that_is_not_used_ends_and_one_that_is_used_lasts_to_its_limit()
    {
        await using var own = await PortalHost.StartAsync();
        using var idle = await Person.RegisteredAsync(own);
        using var busy = await Person.RegisteredAsync(own);
        for (var day = 0; day < 31; day++)
        {
            own.Clock.Leap(TimeSpan.FromDays(1));
            Assert.Equal(HttpStatusCode.OK, await busy.StatusAsync());
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await idle.StatusAsync());
        for (var day = 31; day < 180; day++)
        {
            Assert.Equal(HttpStatusCode.OK, await busy.StatusAsync());
            own.Clock.Leap(TimeSpan.FromDays(1));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await busy.StatusAsync());
    }

    [Fact]
    public async Task People_see_and_end_their_own_sessions_only()
    {
        using var person = await Person.RegisteredAsync(portal);
        using var elsewhere = new Person(portal) { Email = person.Email };
        using var stranger = await Person.RegisteredAsync(portal);
        await elsewhere.SignInAsync();
        Assert.Equal(2, (await SessionsAsync(person)).Count);

        var mine = await IdAsync(elsewhere);
        await Problems.IsAsync(await stranger.Browser.DeleteAsync($"/api/sessions/{mine}", Ct), HttpStatusCode.NotFound, "session_not_found");
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.DeleteAsync($"/api/sessions/{mine}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await elsewhere.StatusAsync());

        await elsewhere.SignInAsync();
        var ended = await person.PostAsync("/api/sessions/end-others", new { });
        Assert.Equal(1, (await ended.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("ended").GetInt32());
        Assert.Equal(HttpStatusCode.Unauthorized, await elsewhere.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync());
    }

    [Fact]
    public async Task What_changes_anything_needs_the_header_and_the_own_page()
    {
        using var person = await Person.RegisteredAsync(portal);
        person.Browser.DefaultRequestHeaders.Remove("X-FlickStream");
        await Problems.IsAsync(await person.Browser.DeleteAsync("/api/session", Ct), HttpStatusCode.Forbidden, "header_missing");
        person.Browser.DefaultRequestHeaders.Add("X-FlickStream", "1");
        person.Browser.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        person.Browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        await Problems.IsAsync(await person.Browser.DeleteAsync("/api/session", Ct), HttpStatusCode.Forbidden, "cross_site");
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0123456789abcdef.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_session_is_nobody(string value) =>
        await Problems.IsAsync(await ReplayAsync($"__Host-flickstream={value}"), HttpStatusCode.Unauthorized, "unauthenticated");

    [Fact]
    public async Task A_viewer_reaches_nothing_of_studios_and_administrators()
    {
        using var person = await Person.RegisteredAsync(portal);
        await Problems.IsAsync(await person.Browser.GetAsync("/api/keys", Ct), HttpStatusCode.Forbidden, "forbidden");
    }

    private async Task<HttpResponseMessage> ReplayAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        request.Headers.Add("Cookie", cookie);
        return await portal.Anonymous.SendAsync(request, Ct);
    }

    private static async Task<string> IdAsync(Person person) => (await person.AccountAsync()).GetProperty("sessionId").GetString()!;

    private static async Task<List<JsonElement>> SessionsAsync(Person person) =>
        [.. (await person.Browser.GetFromJsonAsync<JsonElement>("/api/sessions", Ct)).GetProperty("items").EnumerateArray()];
}
