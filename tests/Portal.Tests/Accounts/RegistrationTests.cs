using System.Net;

namespace FlickStream.Portal.Tests.Accounts;

public sealed class RegistrationTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task V6_3_8_A_known_address_gets_the_same_answer_and_its_owner_a_letter()
    {
        using var owner = await Person.RegisteredAsync(portal);
        using var other = new Person(portal) { Email = owner.Email.ToUpperInvariant() };
        using var stranger = new Person(portal);
        var known = await other.PostAsync("/api/accounts", new { email = other.Email, password = "something quite else" });
        var unknown = await stranger.PostAsync("/api/accounts", new { email = stranger.Email, password = "something quite else" });
        Assert.Equal(unknown.StatusCode, known.StatusCode);
        Assert.Equal(await TextOf(unknown), await TextOf(known));
        Assert.Contains("You have an account already", await portal.LetterAsync(owner.Email, "You have an account already"));
    }

    [Fact]
    public async Task Whoever_registers_another_s_address_gains_nothing_when_its_owner_opens_the_link()
    {
        using var attacker = new Person(portal);
        using var owner = new Person(portal) { Email = attacker.Email };
        await attacker.RegisterAsync("the attacker's password");
        var token = await owner.LinkAsync("Finish your registration");
        await Problems.IsAsync(
            await owner.PostAsync("/api/accounts/verify", new { token, password = "what the owner would type" }), HttpStatusCode.Unauthorized, "credentials_wrong");
        await Problems.IsAsync(await attacker.SignInAsync("the attacker's password"), HttpStatusCode.Unauthorized, "credentials_wrong");
    }

    [Fact]
    public async Task A_link_is_good_once_and_for_a_day()
    {
        await using var own = await PortalHost.StartAsync();
        using var person = new Person(own);
        await person.RegisterAsync();
        var late = await person.LinkAsync("Finish your registration");
        own.Clock.Leap(TimeSpan.FromHours(25));
        await Problems.IsAsync(await Verify(person, late), HttpStatusCode.BadRequest, "link_invalid");

        await person.RegisterAsync();
        var token = await person.LinkAsync("Finish your registration");
        Assert.Equal(HttpStatusCode.Created, (await Verify(person, token)).StatusCode);
        await Problems.IsAsync(await Verify(person, token), HttpStatusCode.BadRequest, "link_invalid");
    }

    [Theory]
    [InlineData("", Person.Password, "email_invalid")]
    [InlineData("nobody", Person.Password, "email_invalid")]
    [InlineData("a@b@", Person.Password, "email_invalid")]
    [InlineData("a b@example.org", Person.Password, "email_invalid")]
    [InlineData("a@example.org\r\nBcc: b@example.org", Person.Password, "email_invalid")]
    [InlineData("a@example.org, b@example.org", Person.Password, "email_invalid")]
    [InlineData("a@example.org", "short", "password_too_short")]
    [InlineData("a@example.org", "Password1", "password_common")]
    [InlineData("a@example.org", "baseball", "password_common")]
    public async Task V6_2_1_and_V6_2_4_What_cannot_be_an_account_is_refused(string email, string password, string code)
    {
        using var person = new Person(portal);
        await Problems.IsAsync(await person.PostAsync("/api/accounts", new { email, password }), HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Only_so_many_letters_go_to_one_address()
    {
        using var person = new Person(portal);
        for (var i = 0; i < 20; i++) await person.RegisterAsync();
        Assert.Equal(5, await portal.LettersAsync(person.Email));
    }

    [Fact]
    public async Task V8_2_3_Nobody_gives_themselves_a_role()
    {
        using var person = new Person(portal);
        await person.Browser.PostAsync(
            "/api/accounts",
            JsonBody($$"""{"email":"{{person.Email}}","password":"{{Person.Password}}","role":"admin","organisationId":"x","scopes":["admin"]}"""),
            TestContext.Current.CancellationToken);
        await Verify(person, await person.LinkAsync("Finish your registration"));
        await person.Browser.PatchAsync("/api/accounts/me", JsonBody("""{"role":"admin","organisationId":"x","language":"de"}"""), TestContext.Current.CancellationToken);
        var account = await person.AccountAsync();
        Assert.Equal("viewer", account.GetProperty("role").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, account.GetProperty("organisationId").ValueKind);
        Assert.Equal("de", account.GetProperty("language").GetString());
    }

    [Theory]
    [InlineData("/api/accounts")]
    [InlineData("/api/accounts/forgot")]
    public async Task Links_never_lead_to_a_host_that_a_request_names(string path)
    {
        using var person = await Person.RegisteredAsync(portal);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonBody($$"""{"email":"{{person.Email}}","password":"{{Person.Password}}"}""") };
        request.Headers.Host = "evil.example";
        await Problems.IsAsync(await portal.Anonymous.SendAsync(request, TestContext.Current.CancellationToken), HttpStatusCode.ServiceUnavailable, "public_url_unset");
        Assert.Equal(1, await portal.LettersAsync(person.Email));
    }

    [Fact]
    public async Task Links_lead_where_the_options_say()
    {
        await using var own = await PortalHost.StartAsync(new() { ["Accounts:PublicUrl"] = "https://watch.example.org/app/" });
        using var person = new Person(own);
        await person.RegisterAsync();
        Assert.Contains("https://watch.example.org/app/account/verify#", await own.LetterAsync(person.Email, "Finish your registration"));
    }

    [Fact]
    public async Task Strangers_who_register_an_address_do_not_keep_its_owner_from_a_new_password()
    {
        using var owner = await Person.RegisteredAsync(portal);
        for (var i = 0; i < 10; i++) await owner.RegisterAsync();
        await owner.PostAsync("/api/accounts/forgot", new { email = owner.Email });
        Assert.Contains("#", await portal.LetterAsync(owner.Email, "Set a new password"));
    }

    private static StringContent JsonBody(string json) => new(json, null, "application/json");

    private static Task<HttpResponseMessage> Verify(Person person, string token) =>
        person.PostAsync("/api/accounts/verify", new { token, password = Person.Password });

    private static Task<string> TextOf(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
