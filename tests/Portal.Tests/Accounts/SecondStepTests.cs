using System.Net;
using System.Net.Http.Json;

namespace FlickStream.Portal.Tests.Accounts;

/// <summary>Signing in with a second factor.</summary>
public sealed class SecondStepTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_password_alone_opens_no_session()
    {
        using var person = await Person.RegisteredAsync(portal);
        var app = await Authenticator.AddedAsync(portal, person);
        using var browser = new Person(portal) { Email = person.Email };
        var first = await browser.SignInAsync();
        await Problems.IsAsync(first, HttpStatusCode.Unauthorized, "second_factor_needed");
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^__Host-flickstream-step=[A-Za-z0-9_-]{43}; max-age=600; path=/; secure; samesite=strict; httponly$", cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, (await FinishAsync(browser, app.NextCode())).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    [Fact]
    public async Task A_code_is_taken_once_however_many_send_it_at_once()
    {
        using var person = await Person.RegisteredAsync(portal);
        var app = await Authenticator.AddedAsync(portal, person);
        var browsers = Enumerable.Range(0, 6).Select(_ => new Person(portal) { Email = person.Email }).ToList();
        foreach (var browser in browsers) await browser.SignInAsync();
        var code = app.NextCode();
        var tries = await Task.WhenAll(browsers.Select(browser => FinishAsync(browser, code)));
        Assert.Single(tries, answer => answer.StatusCode == HttpStatusCode.OK);
        var lost = tries.Where(answer => answer.StatusCode != HttpStatusCode.OK);
        foreach (var answer in lost) await Problems.IsAsync(answer, HttpStatusCode.Unauthorized, "second_factor_wrong");

        // Nor is the one of the step before, which was good until then.
        var late = browsers[Array.FindIndex(tries, answer => answer.StatusCode != HttpStatusCode.OK)];
        await Problems.IsAsync(await FinishAsync(late, app.Code(-1)), HttpStatusCode.Unauthorized, "second_factor_wrong");
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task A_code_is_worth_nothing_without_the_password_before_it_in_the_same_browser()
    {
        using var person = await Person.RegisteredAsync(portal);
        var app = await Authenticator.AddedAsync(portal, person);
        using var first = new Person(portal) { Email = person.Email };
        using var second = new Person(portal) { Email = person.Email };
        await first.SignInAsync();
        await Problems.IsAsync(await FinishAsync(second, app.NextCode()), HttpStatusCode.Unauthorized, "sign_in_expired");
        Assert.Equal(HttpStatusCode.OK, (await FinishAsync(first, app.Code())).StatusCode);
        await Problems.IsAsync(await FinishAsync(first, app.NextCode()), HttpStatusCode.Unauthorized, "sign_in_expired");
    }

    [Theory]
    [InlineData("time")]
    [InlineData("password")]
    public async Task The_first_step_lasts_minutes_and_not_beyond_its_password(string end)
    {
        using var person = await Person.RegisteredAsync(portal);
        var app = await Authenticator.AddedAsync(portal, person);
        using var browser = new Person(portal) { Email = person.Email };
        await browser.SignInAsync();
        var changed = new { current = Person.Password, password = "quite another one", code = app.Code() };
        if (end == "time") portal.Clock.Advance(TimeSpan.FromMinutes(11));
        else (await person.Browser.PutAsJsonAsync("/api/accounts/me/password", changed, Ct)).EnsureSuccessStatusCode();
        await Problems.IsAsync(await FinishAsync(browser, app.NextCode()), HttpStatusCode.Unauthorized, "sign_in_expired");
    }

    [Fact]
    public async Task Guessing_codes_is_slowed_down_and_told_to_the_owner_who_is_not_shut_out()
    {
        await using var own = await PortalHost.StartAsync(new()
        {
            ["Accounts:AttemptsPerNetwork"] = "1000", ["Accounts:SecondFactor:CodesPerAccount"] = "5", ["Accounts:AttemptsPerAccount"] = "5",
        });
        using var owner = await Person.RegisteredAsync(own);
        var app = await Authenticator.AddedAsync(own, owner);
        using var outsider = new Person(own) { Email = owner.Email };
        using var thief = new Person(own) { Email = owner.Email };
        await thief.SignInAsync();
        for (var i = 0; i < 6; i++) await outsider.SignInAsync($"guess number {i}");
        for (var i = 0; i < 5; i++) await Problems.IsAsync(await FinishAsync(thief, "000000"), HttpStatusCode.Unauthorized, "second_factor_wrong");
        await Problems.IsAsync(await FinishAsync(thief, app.Code()), HttpStatusCode.TooManyRequests, "rate_limited");
        await FinishAsync(thief, app.Code());
        Assert.Contains("known to somebody", await own.LetterAsync(owner.Email, "Somebody has your password"));
        Assert.Equal(3, await own.LettersAsync(owner.Email)); // With those of the registration and of the factor.

        await owner.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await FinishAsync(owner, app.NextCode())).StatusCode);
    }

    [Fact]
    public async Task Right_codes_use_up_no_guess()
    {
        await using var own = await PortalHost.StartAsync(new() { ["Accounts:AttemptsPerNetwork"] = "3", ["Accounts:SecondFactor:CodesPerAccount"] = "3" });
        using var owner = await Person.RegisteredAsync(own);
        var app = await Authenticator.AddedAsync(own, owner);
        for (var i = 0; i < 5; i++)
        {
            using var fresh = new Person(own) { Email = owner.Email };
            await Problems.IsAsync(await fresh.SignInAsync(), HttpStatusCode.Unauthorized, "second_factor_needed");
            Assert.Equal(HttpStatusCode.OK, (await FinishAsync(fresh, app.NextCode())).StatusCode);
        }
    }

    [Theory]
    [InlineData("a cookie of before")]
    [InlineData("the mailbox")]
    public async Task A_browser_that_was_shown_no_code_guesses_as_strangers_do(string with)
    {
        await using var own = await PortalHost.StartAsync(new() { ["Accounts:AttemptsPerNetwork"] = "1000", ["Accounts:SecondFactor:CodesPerAccount"] = "3" });
        using var owner = await Person.RegisteredAsync(own);
        using var thief = new Person(own) { Email = owner.Email };
        if (with == "a cookie of before") await thief.SignInAsync();
        var app = await Authenticator.AddedAsync(own, owner);
        var password = with == "the mailbox" ? "quite another one" : Person.Password;
        if (with == "the mailbox")
        {
            await thief.PostAsync("/api/accounts/forgot", new { email = owner.Email });
            var reset = await thief.PostAsync("/api/accounts/reset", new { token = await thief.LinkAsync("Set a new password"), password });
            Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        }

        await thief.SignInAsync(password);
        for (var i = 0; i < 3; i++) await Problems.IsAsync(await FinishAsync(thief, "000000"), HttpStatusCode.Unauthorized, "second_factor_wrong");
        await Problems.IsAsync(await FinishAsync(thief, app.NextCode()), HttpStatusCode.TooManyRequests, "rate_limited");
    }

    private static Task<HttpResponseMessage> FinishAsync(Person browser, string code) => browser.PostAsync("/api/session/second-factor", new { code });
}
