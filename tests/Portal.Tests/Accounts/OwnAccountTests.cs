using System.Net;
using System.Text.Json;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Accounts;

public sealed class OwnAccountTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_address_holds_once_its_link_was_opened_and_both_addresses_hear_of_it()
    {
        using var person = await Person.RegisteredAsync(portal);
        using var fresh = new Person(portal);
        Assert.Equal(HttpStatusCode.Accepted, (await person.PostAsync("/api/accounts/me/email", new { email = fresh.Email })).StatusCode);
        Assert.Contains(fresh.Email, await portal.LetterAsync(person.Email, "Your address is to be changed"));
        Assert.Equal(person.Email, (await person.AccountAsync()).GetProperty("email").GetString());

        var token = await fresh.LinkAsync("Confirm your new address");
        Assert.Equal(HttpStatusCode.OK, (await person.PostAsync("/api/accounts/me/email/confirm", new { token })).StatusCode);
        Assert.Contains(fresh.Email, await portal.LetterAsync(person.Email, "Your address was changed"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.SignInAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await fresh.SignInAsync()).StatusCode);
    }

    [Fact]
    public async Task What_lies_in_the_old_mailbox_is_worth_nothing_afterwards()
    {
        using var person = await Person.RegisteredAsync(portal);
        using var fresh = new Person(portal);
        await person.PostAsync("/api/accounts/forgot", new { email = person.Email });
        var old = await person.LinkAsync("Set a new password");
        await person.PostAsync("/api/accounts/me/email", new { email = fresh.Email });
        Assert.Equal(HttpStatusCode.OK, (await person.PostAsync("/api/accounts/me/email/confirm", new { token = await fresh.LinkAsync("Confirm your new address") })).StatusCode);
        await Problems.IsAsync(
            await person.PostAsync("/api/accounts/reset", new { token = old, password = "the thief's own words" }), HttpStatusCode.BadRequest, "link_invalid");
    }

    [Fact]
    public async Task Another_s_link_or_address_changes_nothing()
    {
        using var person = await Person.RegisteredAsync(portal);
        using var other = await Person.RegisteredAsync(portal);
        await person.PostAsync("/api/accounts/me/email", new { email = other.Email });
        var token = await other.LinkAsync("Confirm your new address");
        await Problems.IsAsync(await other.PostAsync("/api/accounts/me/email/confirm", new { token }), HttpStatusCode.BadRequest, "link_invalid");
        await Problems.IsAsync(await person.PostAsync("/api/accounts/me/email/confirm", new { token }), HttpStatusCode.Conflict, "email_taken");
        Assert.Equal(person.Email, (await person.AccountAsync()).GetProperty("email").GetString());
    }

    [Theory]
    [InlineData("POST", "/api/accounts/me/email", """{"email":"new@example.org"}""")]
    [InlineData("GET", "/api/accounts/me/export", null)]
    [InlineData("DELETE", "/api/accounts/me", null)]
    public async Task V7_5_1_and_V7_5_3_What_is_delicate_asks_again_who_sits_there(string method, string path, string? body)
    {
        await using var own = await PortalHost.StartAsync();
        using var person = await Person.RegisteredAsync(own);
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        await Problems.IsAsync(await AskAsync(), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await person.PostAsync("/api/session/confirm", new { password = "not it at all" }), HttpStatusCode.Unauthorized, "credentials_wrong");
        await Problems.IsAsync(await AskAsync(), HttpStatusCode.Forbidden, "confirmation_needed");
        Assert.Equal(HttpStatusCode.NoContent, (await person.PostAsync("/api/session/confirm", new { password = Person.Password })).StatusCode);
        Assert.True((await AskAsync()).IsSuccessStatusCode);

        Task<HttpResponseMessage> AskAsync() => person.Browser.SendAsync(
            new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, null, "application/json") }, Ct);
    }

    [Fact]
    public async Task The_export_has_everything_but_secrets()
    {
        using var person = await Person.RegisteredAsync(portal);
        var export = await person.Browser.GetAsync("/api/accounts/me/export", Ct);
        Assert.Equal("attachment", export.Content.Headers.ContentDisposition?.DispositionType);
        var text = await export.Content.ReadAsStringAsync(Ct);
        var json = JsonElement.Parse(text);
        Assert.Equal(person.Email, json.GetProperty("account").GetProperty("email").GetString());
        Assert.Single(json.GetProperty("sessions").EnumerateArray());
        Assert.DoesNotContain("argon2", text);
        Assert.DoesNotContain("secret", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_deleted_account_can_be_kept_for_two_weeks_and_is_then_gone()
    {
        await using var own = await PortalHost.StartAsync();
        using var sorry = await Person.RegisteredAsync(own);
        using var gone = await Person.RegisteredAsync(own);
        var goneId = (await gone.AccountAsync()).GetProperty("id").GetString()!;
        foreach (var person in new[] { sorry, gone })
        {
            Assert.Equal(HttpStatusCode.OK, (await person.Browser.DeleteAsync("/api/accounts/me", Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, await person.StatusAsync());
        }

        own.Clock.Leap(TimeSpan.FromDays(13));
        await SweepAsync(own);
        Assert.Equal(HttpStatusCode.OK, (await sorry.SignInAsync()).StatusCode);
        Assert.NotEqual(JsonValueKind.Null, (await sorry.AccountAsync()).GetProperty("deletionAt").ValueKind);
        Assert.Equal(HttpStatusCode.OK, (await sorry.PostAsync("/api/accounts/me/keep", new { })).StatusCode);

        own.Clock.Leap(TimeSpan.FromDays(2));
        await SweepAsync(own);
        var accounts = own.Services.GetRequiredService<AccountStore>();
        Assert.True((await accounts.GetAsync(goneId, Ct))!.IsBeingDeleted);
        // As by another process, which knows a session for seconds more.
        var late = await own.Services.GetRequiredService<SessionStore>().OpenAsync(goneId, "viewer", null, "", "", Ct);
        own.Clock.Leap(TimeSpan.FromMinutes(10));
        await SweepAsync(own);
        await SweepAsync(own);
        Assert.Null(await own.Services.GetRequiredService<SessionStore>().VerifyAsync(late.Text, Ct));
        Assert.Equal(HttpStatusCode.OK, (await sorry.SignInAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await gone.SignInAsync()).StatusCode);
        Assert.Empty(await own.Services.GetRequiredService<SessionStore>().ListAsync(goneId, Ct));
        Assert.Null(await accounts.FindByEmailAsync(EmailAddress.TryParse(gone.Email)!.Value, Ct));
    }

    [Theory]
    [InlineData("""{"language":"english please"}""", "language_invalid")]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "time_zone_invalid")]
    [InlineData("""{"timeZone":{"$ne":""}}""", "bad_request")]
    public async Task What_is_no_language_or_zone_is_refused(string body, string code)
    {
        using var person = await Person.RegisteredAsync(portal);
        await Problems.IsAsync(
            await person.Browser.PatchAsync("/api/accounts/me", new StringContent(body, null, "application/json"), Ct), HttpStatusCode.BadRequest, code);
    }

    private static Task SweepAsync(PortalHost host) => host.Services.GetRequiredService<AccountSweep>().SweepAsync(Ct);
}
