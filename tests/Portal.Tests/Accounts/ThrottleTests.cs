using System.Net;
using System.Net.Http.Json;

namespace FlickStream.Portal.Tests.Accounts;

public sealed class ThrottleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task V6_3_1_Guessing_is_slowed_down_and_does_not_lock_the_owner_out_elsewhere()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Accounts:AttemptsPerNetwork"] = "1000", ["Accounts:AttemptsPerAccount"] = "5" });
        using var owner = await Person.RegisteredAsync(portal);
        using var guesser = new Person(portal) { Email = owner.Email };
        for (var i = 0; i < 4; i++)
            await Problems.IsAsync(await guesser.SignInAsync($"guess number {i}"), HttpStatusCode.Unauthorized, "credentials_wrong");

        var refused = await guesser.SignInAsync("one guess more");
        if (refused.StatusCode != HttpStatusCode.TooManyRequests) refused = await guesser.SignInAsync("and one more");
        await Problems.IsAsync(refused, HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        await Problems.IsAsync(await guesser.SignInAsync(), HttpStatusCode.TooManyRequests, "rate_limited");

        // The owner's browser is known, so that others' guesses do not count against it.
        Assert.Equal(HttpStatusCode.OK, (await owner.SignInAsync()).StatusCode);
        // Nor does it give back what it did not take.
        await Problems.IsAsync(await guesser.SignInAsync("one more still"), HttpStatusCode.TooManyRequests, "rate_limited");
        portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await guesser.SignInAsync()).StatusCode);
    }

    [Fact]
    public async Task One_network_guesses_at_one_account_only_so_often()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Accounts:AttemptsPerNetwork"] = "3" });
        using var stranger = new Person(portal);
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SignInAsync("a guess")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SignInAsync("a guess")).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Right_passwords_use_up_no_guess(bool isKnown)
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Accounts:AttemptsPerNetwork"] = "10", ["Accounts:AttemptsPerAccount"] = "12" });
        using var owner = await Person.RegisteredAsync(portal);
        for (var i = 0; i < 15; i++)
        {
            using var fresh = new Person(portal) { Email = owner.Email };
            Assert.Equal(HttpStatusCode.OK, (await (isKnown ? owner : fresh).SignInAsync()).StatusCode);
            Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync("/api/session/confirm", new { password = Person.Password })).StatusCode);
        }

        // What is given back is what was taken: no more may be guessed than before.
        using var guesser = new Person(portal) { Email = owner.Email };
        var guesses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => guesser.SignInAsync($"guess number {i}")));
        Assert.Equal(10, guesses.Count(guess => guess.StatusCode == HttpStatusCode.Unauthorized));
        await Problems.IsAsync(await guesser.SignInAsync(), HttpStatusCode.TooManyRequests, "rate_limited");
    }

    [Fact]
    public async Task One_network_asks_only_so_often_whatever_for()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Accounts:RequestsPerNetwork"] = "3" });
        for (var i = 0; i < 3; i++)
        {
            using var person = new Person(portal);
            Assert.Equal(HttpStatusCode.Unauthorized, (await person.SignInAsync("a guess")).StatusCode);
        }

        using var last = new Person(portal);
        await Problems.IsAsync(await last.PostAsync("/api/accounts/forgot", new { email = last.Email }), HttpStatusCode.TooManyRequests, "rate_limited");
    }

    /// <summary>A seal that outlived the password let whoever had signed in with the old one guess at the new one beside the account's limit.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_password_makes_every_other_browser_unknown(bool isForgotten)
    {
        const string Fresh = "quite another one";
        await using var portal = await PortalHost.StartAsync(new() { ["Accounts:AttemptsPerNetwork"] = "1000", ["Accounts:AttemptsPerAccount"] = "5" });
        using var owner = await Person.RegisteredAsync(portal);
        using var thief = new Person(portal) { Email = owner.Email };
        Assert.Equal(HttpStatusCode.OK, (await thief.SignInAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await NewPasswordAsync(owner, Fresh, isForgotten)).StatusCode);

        HttpResponseMessage guess;
        for (var i = 0; (guess = await thief.SignInAsync($"guess number {i}")).StatusCode == HttpStatusCode.Unauthorized; i++) Assert.InRange(i, 0, 5);
        await Problems.IsAsync(guess, HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.Equal(HttpStatusCode.OK, (await owner.SignInAsync(Fresh)).StatusCode);
    }

    private static async Task<HttpResponseMessage> NewPasswordAsync(Person person, string password, bool isForgotten)
    {
        if (!isForgotten) return await person.Browser.PutAsJsonAsync("/api/accounts/me/password", new { current = Person.Password, password }, Ct);
        await person.PostAsync("/api/accounts/forgot", new { email = person.Email });
        return await person.PostAsync("/api/accounts/reset", new { token = await person.LinkAsync("Set a new password"), password });
    }
}
