using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Accounts.SecondFactors;
using FlickStream.Portal.Tests.Accounts;

namespace FlickStream.Portal.Tests.Administration;

public sealed class SecondFactorRuleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_that_must_have_one_can_do_no_more_than_a_viewer_without()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Accounts:SecondFactor:RequiredFor:0"] = "admin" });
        using var admin = await Person.RegisteredAsync(portal);
        await portal.MakeAsync(admin, "admin");
        Assert.True((await (await admin.SignInAsync()).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("isLimited").GetBoolean());
        await Problems.IsAsync(await admin.Browser.GetAsync("/api/users", Ct), HttpStatusCode.Forbidden, "forbidden");

        var app = await Authenticator.AddedAsync(portal, admin);
        Assert.Equal(HttpStatusCode.OK, (await admin.Browser.GetAsync("/api/users", Ct)).StatusCode);
        Assert.False((await admin.AccountAsync()).GetProperty("isLimited").GetBoolean());
        await Problems.IsAsync(await admin.Browser.DeleteAsync("/api/accounts/me/second-factor", Ct), HttpStatusCode.Conflict, "second_factor_required");
        await admin.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync("/api/session/second-factor", new { code = app.NextCode() })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.Browser.GetAsync("/api/users", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_lost_one_is_removed_by_an_administrator_on_the_record()
    {
        await using var portal = await PortalHost.StartAsync();
        using var person = await Person.RegisteredAsync(portal);
        var id = (await person.AccountAsync()).GetProperty("id").GetString();
        await Problems.IsAsync(await portal.Admin.DeleteAsync($"/api/users/{id}/second-factor", Ct), HttpStatusCode.NotFound, "second_factor_off");
        await Authenticator.AddedAsync(portal, person);
        Assert.Equal(HttpStatusCode.NoContent, (await portal.Admin.DeleteAsync($"/api/users/{id}/second-factor", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await person.StatusAsync());
        Assert.Contains("An administrator", await portal.LetterAsync(person.Email, "Your second factor was removed"));
        Assert.Equal(HttpStatusCode.OK, (await person.SignInAsync()).StatusCode);

        var told = Assert.Single((await portal.Admin.GetFromJsonAsync<JsonElement>("/api/audit", Ct)).GetProperty("items").EnumerateArray());
        Assert.Equal(("second_factor_removed", $"account:{id}"), (told.GetProperty("action").GetString(), told.GetProperty("subject").GetString()));
    }

    [Theory]
    [InlineData("admin", true)]
    [InlineData("studio", true)]
    [InlineData("viewer", false)]
    [InlineData("emperor", false)]
    public void Only_roles_of_staff_can_be_made_to_have_one(string role, bool isTaken)
    {
        var options = new SecondFactorOptions { RequiredFor = [role] };
        Assert.Equal(isTaken, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }
}
