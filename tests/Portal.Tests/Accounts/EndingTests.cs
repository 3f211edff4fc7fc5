using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Endings;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Accounts;

/// <summary>A deletion that never comes stands for a node that is killed before it.</summary>
public sealed class EndingTests : IAsyncLifetime
{
    private ContendedDocuments _documents = null!;
    private PortalHost _portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync(through: real => _documents = new ContendedDocuments(real));

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("password", true)]
    [InlineData("reset", false)]
    [InlineData("factor on", true)]
    [InlineData("factor off", true)]
    [InlineData("factor removed", false)]
    [InlineData("role", false)]
    [InlineData("deletion", false)]
    [InlineData("suspension", false)]
    public async Task Sessions_that_a_killed_node_did_not_end_are_ended_by_another(string change, bool staysSignedIn)
    {
        using var person = await Person.RegisteredAsync(_portal);
        var id = (await person.AccountAsync()).GetProperty("id").GetString()!;
        if (change is "factor off" or "factor removed") await Authenticator.AddedAsync(_portal, person);
        var sessions = _portal.Services.GetRequiredService<SessionStore>();
        var other = (await sessions.OpenAsync(id, "viewer", null, "", "", Ct)).Text;
        Func<Task<HttpResponseMessage>> ask = change switch
        {
            "password" => () => person.Browser.PutAsJsonAsync("/api/accounts/me/password", new { current = Person.Password, password = "another good one" }, Ct),
            "reset" => await ResetAsync(),
            "factor on" => await EnrolAsync(),
            "factor off" => () => person.Browser.DeleteAsync("/api/accounts/me/second-factor", Ct),
            "factor removed" => () => _portal.Admin.DeleteAsync($"/api/users/{id}/second-factor", Ct),
            "role" => () => _portal.Admin.PutAsJsonAsync($"/api/users/{id}/role", new { role = "admin" }, Ct),
            "deletion" => () => person.Browser.DeleteAsync("/api/accounts/me", Ct),
            _ => () => _portal.Admin.PostAsJsonAsync($"/api/users/{id}/suspend", new { reason = "Fraud." }, Ct),
        };

        _documents.BeforeDeletion = type => type == typeof(Session) ? throw new IOException("The node is killed.") : Task.CompletedTask;
        using (var answer = await ask()) Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        _documents.BeforeDeletion = null;
        Assert.NotNull(await sessions.VerifyAsync(other, Ct));

        _portal.Clock.Leap(TimeSpan.FromSeconds(10));
        await _portal.Services.GetRequiredService<EndingSweep>().SweepAsync(Ct);
        Assert.Null(await sessions.VerifyAsync(other, Ct));
        Assert.Equal(staysSignedIn ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await person.StatusAsync());
        if (change == "factor removed") await _portal.LetterAsync(person.Email, "Your second factor was removed");

        async Task<Func<Task<HttpResponseMessage>>> ResetAsync()
        {
            await person.PostAsync("/api/accounts/forgot", new { email = person.Email });
            var token = await person.LinkAsync("Set a new password");
            return () => person.PostAsync("/api/accounts/reset", new { token, password = "another good one" });
        }

        async Task<Func<Task<HttpResponseMessage>>> EnrolAsync()
        {
            var begun = await (await person.PostAsync("/api/accounts/me/second-factor", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
            var code = new Authenticator(_portal, begun.GetProperty("secret").GetString()!).Code();
            return () => person.PostAsync("/api/accounts/me/second-factor/confirm", new { code });
        }
    }

    [Fact]
    public async Task What_was_ended_is_kept_no_longer_so_that_who_signs_in_again_stays()
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var changed = await person.Browser.PutAsJsonAsync("/api/accounts/me/password", new { current = Person.Password, password = "another good one" }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        using var elsewhere = new Person(_portal) { Email = person.Email };
        await elsewhere.SignInAsync("another good one");

        _portal.Clock.Leap(TimeSpan.FromSeconds(10));
        await _portal.Services.GetRequiredService<EndingSweep>().SweepAsync(Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await person.StatusAsync(), await elsewhere.StatusAsync()));
    }

    [Fact]
    public void What_one_change_is_to_end_another_does_not_keep()
    {
        var account = new Account { Id = "a", Email = "a@b.example", EmailKey = "a@b.example", PasswordHash = "", CreatedAt = DateTimeOffset.UnixEpoch };
        var later = DateTimeOffset.UnixEpoch.AddSeconds(1);
        Assert.Equal(new(later, null, true), account.Ends(DateTimeOffset.UnixEpoch, hasStreams: true).Ends(later, "mine").Ending);
        Assert.Equal(new(later, null, false), account.Ends(DateTimeOffset.UnixEpoch, "another").Ends(later, "mine").Ending);
        Assert.Equal(new(later, "mine", false), account.Ends(DateTimeOffset.UnixEpoch, "mine").Ends(later, "mine").Ending);
    }
}
