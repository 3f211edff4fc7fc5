using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Accounts;

/// <summary>Sign-ins that were still waiting for their hash when the account was changed.</summary>
public sealed class EntranceTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("role")]
    [InlineData("password")]
    [InlineData("second factor")]
    [InlineData("deletion")]
    [InlineData("suspension")]
    [InlineData("gone")]
    public async Task One_that_knew_the_account_as_it_was_opens_nothing(string change)
    {
        using var person = await Person.RegisteredAsync(portal);
        var accounts = portal.Services.GetRequiredService<AccountStore>();
        var before = (await accounts.FindByEmailAsync(EmailAddress.TryParse(person.Email)!.Value, Ct))!;
        await portal.Services.GetRequiredService<SessionStore>().EndAllAsync(before.Id, null, Ct);
        if (change == "gone") await accounts.RemoveAsync(before.Id, Ct);
        else await accounts.ChangeAsync(before.Id, account => Changed(account, change), Ct);

        var http = new DefaultHttpContext();
        Assert.Null(await portal.Services.GetRequiredService<Entrance>().AdmitAsync(before, http, isTwofold: false));
        Assert.Equal(0, http.Response.Headers.SetCookie.Count);
        Assert.Empty(await portal.Services.GetRequiredService<SessionStore>().ListAsync(before.Id, Ct));
    }

    private static Account Changed(Account account, string change) => change switch
    {
        "role" => account with { Role = Roles.Admin },
        "password" => account with { PasswordHash = account.PasswordHash + "x" },
        "second factor" => account with { SecondFactor = new() { Sealed = [], LastStep = 0, RecoverySha256 = [], Since = account.CreatedAt } },
        "suspension" => account with { Suspension = new(account.CreatedAt, "Fraud.") },
        _ => account with { IsBeingDeleted = true },
    };
}
