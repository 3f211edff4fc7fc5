using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Passkeys;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Accounts;

public sealed class PasskeyTests(PasskeySite site) : IClassFixture<PasskeySite>
{
    private const string Mine = "/api/accounts/me/passkeys";

    private readonly PortalHost _portal = site.Portal;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Making_one_needs_a_verified_user_at_the_own_site_and_its_own_challenge()
    {
        using var person = await Person.RegisteredAsync(_portal);
        SoftAuthenticator[] wrong = [new("https://watch.example.net"), new() { Domain = "example.net" }, new() { IsUserVerified = false }];
        foreach (var key in wrong)
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
        using var key = await SoftAuthenticator.AddedAsync(person);
        var path = $"{Mine}/{Assert.Single(await ListAsync(person)).GetProperty("id").GetString()}";
        await Problems.IsAsync(await other.Browser.PatchAsJsonAsync(path, new { name = "mine" }, Ct), HttpStatusCode.NotFound, "passkey_not_found");
        await Problems.IsAsync(await other.Browser.DeleteAsync(path, Ct), HttpStatusCode.NotFound, "passkey_not_found");
        Assert.Equal(HttpStatusCode.OK, (await person.Browser.PatchAsJsonAsync(path, new { name = "The old phone" }, Ct)).StatusCode);
        Assert.Contains("The old phone", await person.Browser.GetStringAsync("/api/accounts/me/export", Ct));
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.DeleteAsync(path, Ct)).StatusCode);
        Assert.Contains("The old phone", await _portal.LetterAsync(person.Email, "A passkey was removed"));
        await Problems.IsAsync(await key.ShowAsync(person, "/api/session/passkey"), HttpStatusCode.Unauthorized, "passkey_invalid");
    }

    [Fact]
    public async Task However_many_are_added_at_once_no_more_are_there_than_may_be()
    {
        ContendedDocuments documents = null!;
        await using var portal = await PortalHost.StartAsync(
            new() { ["Accounts:PublicUrl"] = "https://watch.kinø.example" }, through: real => documents = new ContendedDocuments(real));
        using var person = await Person.RegisteredAsync(portal);
        var (account, passkeys) = ((await person.AccountAsync()).GetProperty("id").GetString()!, portal.Services.GetRequiredService<IDocuments>().Set(Passkey.Schema));
        for (var i = 1; i < PasskeyStore.Most; i++) await AddElsewhereAsync(i);
        documents.BeforeInsertion = async written =>
        {
            if (written is not Passkey) return;
            documents.BeforeInsertion = null;
            await AddElsewhereAsync(PasskeyStore.Most);
        };
        using var key = new SoftAuthenticator();
        var options = await (await person.PostAsync($"{Mine}/options", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        await Problems.IsAsync(await person.PostAsync(Mine, new { name = "x", credential = key.Make(options) }), HttpStatusCode.Conflict, "passkeys_too_many");
        Assert.Equal(PasskeyStore.Most, (await passkeys.QueryAsync(new() { Filters = [DocumentFilter.Equal("account", account)] }, Ct)).Items.Count);

        Task AddElsewhereAsync(int i) => passkeys.InsertAsync(
            $"{i}", new Passkey { AccountId = account, Name = "x", CredentialId = [(byte)i], PublicKey = [], SignCount = 0, CreatedAt = portal.Clock.GetUtcNow() }, Ct);
    }

    [Fact]
    public async Task They_go_with_the_account()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var key = await SoftAuthenticator.AddedAsync(person);
        var id = (await person.AccountAsync()).GetProperty("id").GetString();
        var kept = _portal.Services.GetRequiredService<IDocuments>().Set(Passkey.Schema);
        Assert.Equal(1, await kept.CountAsync([DocumentFilter.Equal("account", id)], Ct));
        await person.Browser.DeleteAsync("/api/accounts/me", Ct);
        _portal.Clock.Leap(TimeSpan.FromDays(15));
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

    private static async Task<List<JsonElement>> ListAsync(Person person) =>
        [.. (await person.Browser.GetFromJsonAsync<JsonElement>(Mine, Ct)).GetProperty("items").EnumerateArray()];
}
