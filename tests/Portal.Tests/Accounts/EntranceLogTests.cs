using System.Net;
using System.Net.Http.Json;

namespace FlickStream.Portal.Tests.Accounts;

/// <summary>ASVS 5.0, 14.2.1, 16.2.5, 16.3.1 and 16.3.2: what is told of who came in and who tried to, and what never is.</summary>
public sealed class EntranceLogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task V16_3_1_Each_try_to_come_in_and_each_change_of_an_account_is_told_with_how_it_ended()
    {
        await using var portal = await PortalHost.StartAsync();
        using var person = await Person.RegisteredAsync(portal);
        var id = (await person.AccountAsync()).GetProperty("id").GetString();
        using var guesser = new Person(portal) { Email = person.Email };
        await Problems.IsAsync(await guesser.SignInAsync("a wrong guess"), HttpStatusCode.Unauthorized, "credentials_wrong");
        using var stranger = new Person(portal);
        await Problems.IsAsync(await stranger.SignInAsync("a wrong guess"), HttpStatusCode.Unauthorized, "credentials_wrong");
        (await person.SignInAsync()).EnsureSuccessStatusCode();
        (await person.Browser.PutAsJsonAsync("/api/accounts/me/password", new { current = Person.Password, password = "quite another one" }, Ct)).EnsureSuccessStatusCode();
        (await person.Browser.DeleteAsync("/api/session", Ct)).EnsureSuccessStatusCode();

        Assert.Equal(
            [
                "POST /api/accounts of account unknown from 127.0.0.1: done",
                $"POST /api/accounts/verify of account {id} from 127.0.0.1: done",
                $"POST /api/session of account {id} from 127.0.0.1: credentials_wrong",
                "POST /api/session of account unknown from 127.0.0.1: credentials_wrong",
                $"POST /api/session of account {id} from 127.0.0.1: done",
                $"PUT /api/accounts/me/password of account {id} from 127.0.0.1: done",
                $"DELETE /api/session of account {id} from 127.0.0.1: done",
            ],
            portal.Log.Lines.Select(line => line.Trim()).Where(line => line.Contains(" of account ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task V16_3_1_Who_guesses_too_often_is_told_once_a_minute()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Accounts:AttemptsPerNetwork"] = "2" });
        using var stranger = new Person(portal);
        for (var i = 0; i < 8; i++) (await stranger.SignInAsync("a guess")).Dispose();
        Assert.Equal(1, portal.Log.Lines.Count(line => line.Contains(": rate_limited", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task V16_3_2_Who_tries_what_they_may_not_is_told()
    {
        await using var portal = await PortalHost.StartAsync();
        using var person = await Person.RegisteredAsync(portal);
        var id = (await person.AccountAsync()).GetProperty("id").GetString();
        await Problems.IsAsync(await person.Browser.GetAsync("/api/users/0123456789abcdef", Ct), HttpStatusCode.Forbidden, "forbidden");
        var (key, text) = await portal.CreateKeyAsync("jobs");
        await Problems.IsAsync(await portal.ClientFor(text).GetAsync("/api/keys", Ct), HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains(portal.Log.Lines, line => line.Contains($"account:{id} at 127.0.0.1 may not GET /api/users/{{id}}", StringComparison.Ordinal));
        Assert.Contains(portal.Log.Lines, line => line.Contains($"key:{key} at 127.0.0.1 may not GET /api/keys", StringComparison.Ordinal));
    }

    [Fact]
    public async Task V14_2_1_No_secret_is_in_an_address_and_V16_2_5_none_in_the_log()
    {
        await using var portal = await PortalHost.StartAsync();
        using var person = new Person(portal);
        await person.RegisterAsync();
        var registration = await person.LinkAsync("Finish your registration");
        (await person.PostAsync("/api/accounts/verify", new { token = registration, password = Person.Password })).EnsureSuccessStatusCode();
        (await person.PostAsync("/api/accounts/forgot", new { email = person.Email })).EnsureSuccessStatusCode();
        var reset = await person.LinkAsync("Set a new password");
        // Behind the # of a link, which browsers send to no server.
        Assert.DoesNotContain($"?{reset}", await portal.LetterAsync(person.Email, "Set a new password"), StringComparison.Ordinal);
        using var signedIn = await person.SignInAsync();
        var cookies = signedIn.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0].Split('=', 2)[1]).Where(value => value.Length > 0).ToList();
        Assert.NotEmpty(cookies);
        var (_, key) = await portal.CreateKeyAsync("ingest");
        await Problems.IsAsync(await portal.ClientFor(key).GetAsync("/api/keys", Ct), HttpStatusCode.Forbidden, "forbidden");
        await Problems.IsAsync(await person.PostAsync("/api/accounts/reset", new { token = reset, password = "short" }), HttpStatusCode.BadRequest, "password_too_short");

        Assert.NotEmpty(portal.Log.Lines);
        foreach (var secret in (IEnumerable<string>)[Person.Password, registration, reset, key, person.Email, .. cookies])
            Assert.DoesNotContain(portal.Log.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }
}
