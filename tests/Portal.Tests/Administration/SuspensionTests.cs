using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;
using FlickStream.Portal.Tests.Watching;
using FlickStream.Portal.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Administration;

/// <summary>Accounts that an administrator shut out.</summary>
public sealed class SuspensionTests(WatchingPortal watching) : IClassFixture<WatchingPortal>
{
    private const string Reason = "The same card in 40 accounts.";

    private readonly PortalHost _portal = watching.Portal;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_sessions_and_streams_at_once_and_the_subscription_with_what_is_paid_for()
    {
        using var viewer = await watching.ViewerAsync();
        var id = await IdAsync(viewer);
        var play = await viewer.PlayAsync(await watching.TitleAsync());

        var suspended = await SuspendAsync(id);

        Assert.Equal(Reason, suspended.GetProperty("suspension").GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, await viewer.StatusAsync());
        using var late = await Viewer.AskToBeatAsync(_portal, new { token = play.GetProperty("token").GetString(), positionSeconds = 40, state = "playing" });
        await Problems.IsAsync(late, HttpStatusCode.Forbidden, "grant_revoked");
        using var playlist = await viewer.Browser.GetAsync(play.GetProperty("hls").GetString(), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, playlist.StatusCode);
        Assert.Contains(Reason, await _portal.LetterAsync(viewer.Email, "Your account was suspended"));
        var subscription = (await _portal.Admin.GetFromJsonAsync<JsonElement>($"/api/users/{id}/subscriptions", Ct)).GetProperty("items")[0];
        Assert.True(subscription.GetProperty("isEnding").GetBoolean());
    }

    [Fact]
    public async Task It_ends_what_a_studios_person_looked_at_before_it_is_published()
    {
        var (person, playlist) = await PreviewedAsync();
        using var _ = person;

        await SuspendAsync(await IdAsync(person));

        Assert.Equal(HttpStatusCode.Forbidden, (await _portal.Anonymous.GetAsync(playlist, Ct)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_role_or_a_new_password_of_whom_forgot_it_ends_what_plays_too(bool isRole)
    {
        var (person, playlist) = await PreviewedAsync();
        using var _ = person;

        if (isRole) await _portal.MakeAsync(person, "viewer");
        else await ForgottenAsync(person);

        Assert.Equal(HttpStatusCode.Forbidden, (await _portal.Anonymous.GetAsync(playlist, Ct)).StatusCode);

        static async Task ForgottenAsync(Person person)
        {
            await person.PostAsync("/api/accounts/forgot", new { email = person.Email });
            var set = await person.PostAsync("/api/accounts/reset", new { token = await person.LinkAsync("Set a new password"), password = "quite another password" });
            Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        }
    }

    /// <summary>Neither holds a place of the limit, and the first is over as far as the portal knows.</summary>
    [Fact]
    public async Task It_ends_streams_whose_players_are_silent_or_whose_history_was_deleted()
    {
        using var viewer = await watching.ViewerAsync();
        var title = await watching.TitleAsync();
        var silent = await viewer.PlayAsync(title);
        var forgotten = await viewer.PlayAsync(title);
        _portal.Clock.Advance(TimeSpan.FromMinutes(20));
        await _portal.Services.GetRequiredService<WatchingSweep>().SweepAsync(Ct);
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync("/api/history", Ct)).StatusCode);

        await SuspendAsync(await IdAsync(viewer));

        foreach (var play in new[] { silent, forgotten })
            Assert.Equal(HttpStatusCode.Forbidden, (await _portal.Anonymous.GetAsync(play.GetProperty("hls").GetString(), Ct)).StatusCode);
    }

    [Fact]
    public async Task What_another_node_begins_by_a_session_that_it_still_knows_ends_soon()
    {
        await using var one = await PortalHost.StartAsync(hasOrigin: true, isOfMany: true);
        using var studio = await Studio.OfAsync(one);
        var title = await Playable.MovieAsync(one, studio);
        await using var two = await PortalHost.StartAsync(hasOrigin: true, beside: one);
        using var viewer = await Person.RegisteredAsync(two);
        await viewer.SubscribeAsync("premium");
        await viewer.EnterAsync();
        await viewer.PlayAsync(title);
        var id = await IdAsync(viewer);

        (await one.Admin.PostAsJsonAsync($"/api/users/{id}/suspend", new { reason = Reason }, Ct)).EnsureSuccessStatusCode();
        Assert.False((await UserAsync()).GetProperty("suspension").GetProperty("isComplete").GetBoolean());
        var late = await viewer.PlayAsync(title);
        one.Clock.Leap(TimeSpan.FromSeconds(20));
        await one.Services.GetRequiredService<EndingSweep>().SweepAsync(Ct);

        using var beat = await Viewer.AskToBeatAsync(two, new { token = late.GetProperty("token").GetString(), positionSeconds = 20, state = "playing" });
        await Problems.IsAsync(beat, HttpStatusCode.Forbidden, "grant_revoked");
        one.Clock.Leap(TimeSpan.FromMinutes(1));
        await one.Services.GetRequiredService<EndingSweep>().SweepAsync(Ct);
        Assert.True((await UserAsync()).GetProperty("suspension").GetProperty("isComplete").GetBoolean());

        Task<JsonElement> UserAsync() => one.Admin.GetFromJsonAsync<JsonElement>($"/api/users/{id}", Ct);
    }

    [Fact]
    public async Task Who_is_let_in_again_soon_plays_on()
    {
        using var viewer = await watching.ViewerAsync();
        var id = await IdAsync(viewer);
        await SuspendAsync(id);
        (await _portal.Admin.PostAsync($"/api/users/{id}/resume", null, Ct)).EnsureSuccessStatusCode();
        await viewer.SignInAsync();
        await viewer.EnterAsync();
        var play = await viewer.PlayAsync(await watching.TitleAsync());

        _portal.Clock.Leap(TimeSpan.FromSeconds(20));
        await _portal.Services.GetRequiredService<EndingSweep>().SweepAsync(Ct);

        await viewer.BeatAsync(play, 20);
    }

    [Fact]
    public async Task Only_who_shows_who_they_are_is_told_and_nobody_gets_in()
    {
        using var person = await Person.RegisteredAsync(_portal);
        var app = await Authenticator.AddedAsync(_portal, person);
        var id = await IdAsync(person);
        await SuspendAsync(id);
        // What is begun before all of it is ended is ended too, the second step of a sign-in among it, by a sweep at any moment that the clock is moved.
        _portal.Clock.Leap(AccountEndings.Afterwards);
        await _portal.Services.GetRequiredService<EndingSweep>().SweepAsync(Ct);
        Assert.Null((await _portal.Services.GetRequiredService<AccountStore>().GetAsync(id, Ct))!.Ending);
        using var browser = new Person(_portal) { Email = person.Email };

        await Problems.IsAsync(await browser.SignInAsync("not the password"), HttpStatusCode.Unauthorized, "credentials_wrong");
        await Problems.IsAsync(await browser.SignInAsync(), HttpStatusCode.Unauthorized, "second_factor_needed");
        await Problems.IsAsync(await browser.PostAsync("/api/session/second-factor", new { code = "000000" }), HttpStatusCode.Unauthorized, "second_factor_wrong");
        await Problems.IsAsync(await browser.PostAsync("/api/session/second-factor", new { code = app.NextCode() }), HttpStatusCode.Forbidden, "account_suspended");
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
    }

    [Fact]
    public async Task A_new_password_opens_nothing()
    {
        using var person = await Person.RegisteredAsync(_portal);
        await SuspendAsync(await IdAsync(person));
        await person.PostAsync("/api/accounts/forgot", new { email = person.Email });
        using var reset = await person.PostAsync("/api/accounts/reset", new { token = await person.LinkAsync("Set a new password"), password = "another good one" });
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        await Problems.IsAsync(await person.SignInAsync("another good one"), HttpStatusCode.Forbidden, "account_suspended");
    }

    [Fact]
    public async Task Who_is_let_in_again_signs_in_and_may_resume_the_subscription()
    {
        using var viewer = await watching.ViewerAsync();
        var id = await IdAsync(viewer);
        await SuspendAsync(id);

        for (var times = 0; times < 2; times++)
        {
            using var resumed = await _portal.Admin.PostAsync($"/api/users/{id}/resume", null, Ct);
            Assert.Equal(JsonValueKind.Null, (await resumed.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("suspension").ValueKind);
        }

        Assert.Equal(HttpStatusCode.OK, (await viewer.SignInAsync()).StatusCode);
        await _portal.LetterAsync(viewer.Email, "Your account is open again");
        Assert.True((await viewer.SubscriptionAsync()).GetProperty("isEnding").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await viewer.PostAsync("/api/subscription/resume", new { })).StatusCode);
        Assert.False((await viewer.SubscriptionAsync()).GetProperty("isEnding").GetBoolean());
    }

    /// <summary>As by a session that another process knows for seconds more, or by a checkout that was paid meanwhile.</summary>
    [Fact]
    public async Task Nobody_who_is_suspended_is_charged_again_whatever_became_of_the_subscription_since()
    {
        await using var own = await LongTimes.StartAsync();
        using var viewer = await Person.RegisteredAsync(own);
        var end = (await viewer.SubscribeAsync("basic")).GetProperty("periodEnd").GetDateTimeOffset();
        var id = await IdAsync(viewer);
        using var suspended = await own.Admin.PostAsJsonAsync($"/api/users/{id}/suspend", new { reason = Reason }, Ct);
        var subscriptions = own.Services.GetRequiredService<IDocuments>().Set(Subscription.Schema);
        var kept = await subscriptions.QueryAllAsync(new(), Ct).SingleAsync(Ct);
        await subscriptions.UpdateAsync(kept.Id, now => now with { IsEnding = false }, Ct);

        own.Clock.LeapTo(end.AddHours(1));
        await own.Services.GetRequiredService<SubscriptionSweep>().SweepAsync(Ct);

        Assert.True((await subscriptions.GetAsync(kept.Id, Ct))!.Value.IsEnded);
    }

    [Fact]
    public async Task An_upgrade_that_the_bank_still_asks_about_is_taken_back()
    {
        await using var own = await LongTimes.StartAsync();
        using var viewer = await Person.RegisteredAsync(own);
        await viewer.PayAsync(await viewer.BeginAsync("basic"), "4000002760003184", isAuthenticated: true);
        await viewer.RefreshAsync();
        using var asked = await viewer.PostAsync("/api/subscription/upgrade", new { planId = "family", amount = 10.00m });
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var subscriptions = own.Services.GetRequiredService<IDocuments>().Set(Subscription.Schema);
        Assert.NotNull((await subscriptions.QueryAllAsync(new(), Ct).SingleAsync(Ct)).Value.Bill);

        using var suspended = await own.Admin.PostAsJsonAsync($"/api/users/{await IdAsync(viewer)}/suspend", new { reason = Reason }, Ct);
        own.Clock.Leap(TimeSpan.FromMinutes(10));
        await own.Services.GetRequiredService<SubscriptionSweep>().SweepAsync(Ct);

        var left = (await subscriptions.QueryAllAsync(new(), Ct).SingleAsync(Ct)).Value;
        Assert.Equal((null, "basic", true), (left.Bill, left.Plan.PlanId, left.IsEnding));
    }

    [Fact]
    public async Task Who_was_suspended_by_a_request_that_broke_off_is_told_once_it_is_asked_for_again()
    {
        using var person = await Person.RegisteredAsync(_portal);
        var id = await IdAsync(person);
        var accounts = _portal.Services.GetRequiredService<AccountStore>();
        await accounts.ChangeAsync(id, account => account with { Suspension = new(_portal.Clock.GetUtcNow(), Reason) }, Ct);

        await SuspendAsync(id);

        Assert.Contains(Reason, await _portal.LetterAsync(person.Email, "Your account was suspended"));
    }

    [Fact]
    public async Task Asked_once_more_it_keeps_since_when_and_writes_no_second_letter()
    {
        using var person = await Person.RegisteredAsync(_portal);
        var id = await IdAsync(person);
        var first = await SuspendAsync(id);
        await _portal.LetterAsync(person.Email, "Your account was suspended");
        var letters = await _portal.LettersAsync(person.Email);

        var second = await SuspendAsync(id, "And chargebacks.");

        Assert.Equal(At(first), At(second));
        Assert.Equal("And chargebacks.", second.GetProperty("suspension").GetProperty("reason").GetString());
        Assert.Equal(letters, await _portal.LettersAsync(person.Email));
        Assert.Equal(
            ["account_suspended", "account_suspended"],
            (await _portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject=account:{id}", Ct)).GetProperty("items").EnumerateArray().Select(one => one.GetProperty("action").GetString()));

        static DateTimeOffset At(JsonElement account) => account.GetProperty("suspension").GetProperty("at").GetDateTimeOffset();
    }

    [Fact]
    public async Task Suspended_people_are_found()
    {
        using var out1 = await Person.RegisteredAsync(_portal);
        using var in1 = await Person.RegisteredAsync(_portal);
        await SuspendAsync(await IdAsync(out1));

        var suspended = await EmailsAsync("suspended=true&limit=200");
        var others = await EmailsAsync("suspended=false&limit=200");

        Assert.Contains(out1.Email, suspended);
        Assert.DoesNotContain(in1.Email, suspended);
        Assert.Contains(in1.Email, others);
        Assert.DoesNotContain(out1.Email, others);
        Assert.Empty(await EmailsAsync($"suspended=false&email={out1.Email}"));
        Assert.Equal([out1.Email], await EmailsAsync($"suspended=true&email={out1.Email}"));
    }

    [Theory]
    [InlineData("{}", "suspension_reason_invalid")]
    [InlineData("""{"reason":"  "}""", "suspension_reason_invalid")]
    [InlineData("""{"reason":"a\u0000b"}""", "suspension_reason_invalid")]
    [InlineData("""{"reason":["x"]}""", "bad_request")]
    public async Task What_is_no_reason_is_refused(string body, string code)
    {
        using var person = await Person.RegisteredAsync(_portal);
        using var answer = await _portal.Admin.PostAsync($"/api/users/{await IdAsync(person)}/suspend", new StringContent(body, null, "application/json"), Ct);
        await Problems.IsAsync(answer, HttpStatusCode.BadRequest, code);
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync());
    }

    [Fact]
    public async Task Nobody_suspends_their_own_account_or_one_that_is_not_there()
    {
        using var admin = await Person.RegisteredAsync(_portal);
        var id = await IdAsync(admin);
        await _portal.MakeAsync(admin, "admin");
        await admin.SignInAsync();
        await Problems.IsAsync(await admin.PostAsync($"/api/users/{id}/suspend", new { reason = Reason }), HttpStatusCode.Conflict, "own_account");
        await Problems.IsAsync(await admin.PostAsync("/api/users/none/suspend", new { reason = Reason }), HttpStatusCode.NotFound, "user_not_found");
        await Problems.IsAsync(await admin.PostAsync("/api/users/none/resume", new { }), HttpStatusCode.NotFound, "user_not_found");
    }

    private static async Task<string> IdAsync(Person person) => (await person.AccountAsync()).GetProperty("id").GetString()!;

    /// <summary>Somebody of a studio who looks at a draft, and where its playlist is.</summary>
    private async Task<(Person Person, string Playlist)> PreviewedAsync()
    {
        var person = await Person.RegisteredAsync(_portal);
        await _portal.MakeAsync(person, "studio", watching.Studio.Id);
        await person.SignInAsync();
        var draft = Studio.Movie("Draft");
        draft["assetId"] = await watching.Studio.AssetAsync();
        await Playable.EncodedAsync(_portal, draft["assetId"]!.GetValue<string>());
        var preview = await person.PlayAsync((await watching.Studio.MakeAsync(draft)).GetProperty("id").GetString()!);
        var playlist = preview.GetProperty("hls").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await _portal.Anonymous.GetAsync(playlist, Ct)).StatusCode);
        return (person, playlist);
    }

    private async Task<JsonElement> SuspendAsync(string id, string reason = Reason)
    {
        using var answer = await _portal.Admin.PostAsJsonAsync($"/api/users/{id}/suspend", new { reason }, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private async Task<IEnumerable<string?>> EmailsAsync(string query) =>
        (await _portal.Admin.GetFromJsonAsync<JsonElement>($"/api/users?{query}", Ct)).GetProperty("items").EnumerateArray().Select(user => user.GetProperty("email").GetString());
}
