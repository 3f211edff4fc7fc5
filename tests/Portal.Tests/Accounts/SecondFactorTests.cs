using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FlickStream.Platform.Json;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.SecondFactors;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Accounts;

public sealed class SecondFactorTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string Mine = "/api/accounts/me/second-factor";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>RFC 6238, appendix B, of whose eight digits the last six are shown; the code of the step before is taken too.</summary>
    [Theory]
    [InlineData(59, "287082", 1)]
    [InlineData(1111111109, "081804", 37037036)]
    [InlineData(20000000000, "353130", 666666666)]
    [InlineData(89, "287082", 1)]
    [InlineData(120, "287082", null)]
    [InlineData(59, "287083", null)]
    [InlineData(59, "", null)]
    public void Codes_are_those_of_the_standard(long seconds, string code, int? step)
    {
        var protection = new EphemeralDataProtectionProvider();
        var secrets = new TotpSecrets(
            protection, Options.Create(new SecondFactorOptions()), new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(seconds)), NullLogger<TotpSecrets>.Instance);
        var sealedSecret = protection.CreateProtector("FlickStream.SecondFactor", "me").Protect(Encoding.ASCII.GetBytes("12345678901234567890"));
        Assert.Equal(step, secrets.StepOf("me", sealedSecret, code));
        Assert.Null(secrets.StepOf("another", sealedSecret, code));
    }

    [Fact]
    public async Task It_counts_once_the_app_has_shown_a_code()
    {
        using var person = await Person.RegisteredAsync(portal);
        using var elsewhere = new Person(portal) { Email = person.Email };
        var begun = await (await person.PostAsync(Mine, new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var app = new Authenticator(portal, begun.GetProperty("secret").GetString()!);
        Assert.Equal(
            $"otpauth://totp/FlickStream:{Uri.EscapeDataString(person.Email)}?secret={app.Secret}&issuer=FlickStream&algorithm=SHA1&digits=6&period=30",
            begun.GetProperty("uri").GetString());
        await Problems.IsAsync(await person.PostAsync($"{Mine}/confirm", new { code = "000000" }), HttpStatusCode.Unauthorized, "second_factor_wrong");
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.SignInAsync()).StatusCode);

        var before = (await person.AccountAsync()).GetProperty("sessionId").GetString();
        var on = await person.PostAsync($"{Mine}/confirm", new { code = app.Code() });
        var codes = await Authenticator.CodesAsync(on);
        Assert.Equal(10, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^([a-z2-7]{6}-){3}[a-z2-7]{6}$", code));
        var account = await person.AccountAsync();
        Assert.True(account.GetProperty("hasSecondFactor").GetBoolean());
        Assert.NotEqual(before, account.GetProperty("sessionId").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, await elsewhere.StatusAsync());
        Assert.Contains("authenticator app", await portal.LetterAsync(person.Email, "A second factor was added"));
        await Problems.IsAsync(await person.PostAsync(Mine, new { }), HttpStatusCode.Conflict, "second_factor_on");
    }

    [Fact]
    public async Task A_secret_that_nobody_confirmed_is_forgotten()
    {
        await using var own = await PortalHost.StartAsync(new() { ["Accounts:SecondFactor:EnrolmentLife"] = "00:05:00" });
        using var person = await Person.RegisteredAsync(own);
        await Problems.IsAsync(await person.PostAsync($"{Mine}/confirm", new { code = "000000" }), HttpStatusCode.Conflict, "second_factor_not_begun");
        var begun = await (await person.PostAsync(Mine, new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        own.Clock.Advance(TimeSpan.FromMinutes(6));
        var code = new Authenticator(own, begun.GetProperty("secret").GetString()!).Code();
        await Problems.IsAsync(await person.PostAsync($"{Mine}/confirm", new { code }), HttpStatusCode.Conflict, "second_factor_not_begun");
    }

    [Fact]
    public async Task Nothing_that_is_kept_or_exported_shows_the_secret_or_a_code()
    {
        using var person = await Person.RegisteredAsync(portal);
        var app = await Authenticator.AddedAsync(portal, person);
        var kept = await portal.Services.GetRequiredService<AccountStore>().FindByEmailAsync(EmailAddress.TryParse(person.Email)!.Value, Ct);
        var export = await person.Browser.GetStringAsync("/api/accounts/me/export", Ct);
        foreach (var text in new[] { JsonSerializer.Serialize(kept, PlatformJson.Options), export })
        {
            Assert.DoesNotContain(app.Secret, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(OtpNet.Base32Encoding.ToBytes(app.Secret)), text);
            Assert.All(app.RecoveryCodes, code => Assert.DoesNotContain(code.Replace("-", ""), text.Replace("-", "")));
        }

        Assert.NotEqual(JsonValueKind.Null, JsonElement.Parse(export).GetProperty("account").GetProperty("secondFactorSince").ValueKind);
        Assert.DoesNotContain("sha256", export, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_lost_phone_is_replaced_by_recovery_codes_each_good_once()
    {
        using var person = await Person.RegisteredAsync(portal);
        var app = await Authenticator.AddedAsync(portal, person);
        Assert.Equal(HttpStatusCode.OK, (await FinishAsync(person, app.RecoveryCodes[3].ToUpperInvariant().Replace('-', ' '))).StatusCode);
        await Problems.IsAsync(await FinishAsync(person, app.RecoveryCodes[3]), HttpStatusCode.Unauthorized, "second_factor_wrong");
        Assert.Equal(HttpStatusCode.OK, (await FinishAsync(person, app.RecoveryCodes[4])).StatusCode);
        Assert.Equal(8, (await person.Browser.GetFromJsonAsync<JsonElement>(Mine, Ct)).GetProperty("recoveryCodesLeft").GetInt32());

        var fresh = await Authenticator.CodesAsync(await person.PostAsync($"{Mine}/recovery-codes", new { }));
        Assert.Empty(fresh.Intersect(app.RecoveryCodes));
        await Problems.IsAsync(await FinishAsync(person, app.RecoveryCodes[5]), HttpStatusCode.Unauthorized, "second_factor_wrong");
        Assert.Equal(HttpStatusCode.OK, (await FinishAsync(person, fresh[0])).StatusCode);
        Assert.Contains("recovery codes", await portal.LetterAsync(person.Email, "You have new recovery codes"));
    }

    [Fact]
    public async Task What_is_delicate_asks_for_the_factor_too_and_so_does_removing_it()
    {
        using var person = await Person.RegisteredAsync(portal);
        var app = await Authenticator.AddedAsync(portal, person);
        portal.Clock.Advance(TimeSpan.FromMinutes(11));
        await Problems.IsAsync(await person.Browser.DeleteAsync(Mine, Ct), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await person.PostAsync($"{Mine}/recovery-codes", new { }), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(await ConfirmAsync(null), HttpStatusCode.Unauthorized, "second_factor_needed");
        await Problems.IsAsync(await ConfirmAsync("123"), HttpStatusCode.Unauthorized, "second_factor_wrong");
        await Problems.IsAsync(await person.Browser.DeleteAsync(Mine, Ct), HttpStatusCode.Forbidden, "confirmation_needed");
        await Problems.IsAsync(
            await person.Browser.PutAsJsonAsync("/api/accounts/me/password", new { current = Person.Password, password = "quite another one" }, Ct),
            HttpStatusCode.Unauthorized, "second_factor_needed");

        Assert.Equal(HttpStatusCode.NoContent, (await ConfirmAsync(app.NextCode())).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.DeleteAsync(Mine, Ct)).StatusCode);
        await Problems.IsAsync(await person.Browser.DeleteAsync(Mine, Ct), HttpStatusCode.NotFound, "second_factor_off");
        Assert.Contains("password alone", await portal.LetterAsync(person.Email, "Your second factor was removed"));
        Assert.Equal(HttpStatusCode.OK, (await person.SignInAsync()).StatusCode);

        Task<HttpResponseMessage> ConfirmAsync(string? code) => person.PostAsync("/api/session/confirm", new { password = Person.Password, code });
    }

    [Theory]
    [InlineData("POST", "")]
    [InlineData("POST", "/confirm")]
    [InlineData("POST", "/recovery-codes")]
    [InlineData("DELETE", "")]
    public async Task Only_who_has_just_shown_who_they_are_changes_it(string method, string path)
    {
        using var person = await Person.RegisteredAsync(portal);
        portal.Clock.Advance(TimeSpan.FromMinutes(11));
        using var request = new HttpRequestMessage(new HttpMethod(method), Mine + path) { Content = JsonContent.Create(new { code = "000000" }) };
        await Problems.IsAsync(await person.Browser.SendAsync(request, Ct), HttpStatusCode.Forbidden, "confirmation_needed");
    }

    private static async Task<HttpResponseMessage> FinishAsync(Person person, string code)
    {
        await Problems.IsAsync(await person.SignInAsync(), HttpStatusCode.Unauthorized, "second_factor_needed");
        return await person.PostAsync("/api/session/second-factor", new { code });
    }
}
