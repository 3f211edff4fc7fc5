using System.Net;
using FlickStream.Portal.Notifications;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Subscriptions;
using FlickStream.Portal.Tests.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Notifications;

public sealed class InboxTests(NotifiedPortal on) : IClassFixture<NotifiedPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PortalHost Portal => on.Portal;

    [Fact]
    public async Task Notifications_are_listed_by_pages_read_and_deleted()
    {
        using var person = await Told.PersonAsync(Portal);
        for (var i = 0; i < 3; i++) await TellAsync(person, $"n{i}");
        Assert.Equal(3, await person.UnreadAsync());
        var first = await person.ReadAsync("/api/notifications?limit=2");
        var second = await person.ReadAsync($"/api/notifications?limit=2&after={Uri.EscapeDataString(first.GetProperty("next").GetString()!)}");
        var ids = new[] { first, second }.SelectMany(page => page.GetProperty("items").EnumerateArray()).Select(one => one.GetProperty("id").GetString()!).ToList();
        Assert.Equal(3, ids.Distinct().Count());

        Assert.Equal(HttpStatusCode.NoContent, (await person.PutAsync($"/api/notifications/{ids[0]}/read", new { })).StatusCode);
        Assert.Equal(2, await person.UnreadAsync());
        Assert.Equal(2, (await person.ToldAsync("?unread=true")).Count);
        Assert.Equal(HttpStatusCode.NoContent, (await person.DeleteAsync($"/api/notifications/{ids[0]}/read")).StatusCode);
        Assert.Equal(3, await person.UnreadAsync());

        Assert.Equal(HttpStatusCode.NoContent, (await person.PostAsync("/api/notifications/read-all", new { until = Portal.Clock.GetUtcNow().AddDays(-1) })).StatusCode);
        Assert.Equal(3, await person.UnreadAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await person.PostAsync("/api/notifications/read-all", new { })).StatusCode);
        Assert.Equal(0, await person.UnreadAsync());

        Assert.Equal(HttpStatusCode.NoContent, (await person.DeleteAsync($"/api/notifications/{ids[1]}")).StatusCode);
        Assert.Equal(2, (await person.ToldAsync()).Count);
        // It was told: that it is listed no more changes nothing.
        Assert.False(await TellAsync(person, "n0") || await TellAsync(person, "n1") || await TellAsync(person, "n2"));
    }

    [Fact]
    public async Task What_may_not_be_seen_any_more_hides_nothing_of_what_is_not_read()
    {
        using var person = await Told.PersonAsync(Portal);
        await TellAsync(person, "old");
        var account = (await person.AccountAsync()).GetProperty("id").GetString()!;
        var store = Portal.Services.GetRequiredService<NotificationStore>();
        for (var i = 0; i < 120; i++)
            await store.AddAsync(
                new Notification
                {
                    Id = Notification.IdOf(account, $"withdrawn{i}"), AccountId = account, Kind = NotificationKind.NewRelease, IsShown = true,
                    About = new() { WorkId = "0000000000000000", TitleIds = ["0000000000000000"] }, CreatedAt = Portal.Clock.GetUtcNow().AddSeconds(1),
                },
                Ct);
        Assert.Equal(1, await person.UnreadAsync());
    }

    [Fact]
    public async Task V8_2_2_Nobody_reads_or_changes_another_s()
    {
        using var person = await Told.PersonAsync(Portal);
        using var other = await Told.PersonAsync(Portal);
        await TellAsync(person, "one");
        var id = (await person.ToldAsync())[0].GetProperty("id").GetString();
        await Problems.IsAsync(await other.PutAsync($"/api/notifications/{id}/read", new { }), HttpStatusCode.NotFound, "notification_not_found");
        await Problems.IsAsync(await other.DeleteAsync($"/api/notifications/{id}"), HttpStatusCode.NotFound, "notification_not_found");
        await other.PostAsync("/api/notifications/read-all", new { });
        Assert.Equal(1, await person.UnreadAsync());
    }

    [Fact]
    public async Task Profiles_with_a_limit_see_nothing_of_the_account()
    {
        using var person = await Told.PersonAsync(Portal);
        await TellAsync(person, "one");
        Assert.Equal(1, await person.UnreadAsync());
        var id = (await person.ToldAsync())[0].GetProperty("id").GetString();
        await person.EnterAsync(await person.ProfileAsync(new { name = "Child", isKids = true }));
        Assert.Empty(await person.ToldAsync());
        Assert.Equal(0, await person.UnreadAsync());
        await Problems.IsAsync(await person.DeleteAsync($"/api/notifications/{id}"), HttpStatusCode.NotFound, "notification_not_found");
    }

    [Fact]
    public async Task Who_wants_none_of_a_kind_is_told_none_of_it()
    {
        using var person = await Told.PersonAsync(Portal);
        Assert.Equal(HttpStatusCode.NoContent, (await person.PutAsync("/api/notifications/preferences/encodeFinished", new { inApp = false })).StatusCode);
        var chosen = (await person.ListAsync("/api/notifications/preferences")).Single(one => one.GetProperty("kind").GetString() == "encodeFinished");
        Assert.False(chosen.GetProperty("inApp").GetBoolean());
        Assert.Equal("off", chosen.GetProperty("mail").GetString());
        await TellAsync(person, "one");
        Assert.Empty(await person.ToldAsync());

        await Problems.IsAsync(await person.PutAsync("/api/notifications/preferences/nothing", new { }), HttpStatusCode.NotFound, "notification_kind_unknown");
        await Problems.IsAsync(await person.PutAsync("/api/notifications/preferences/newRelease", new { mail = "always" }), HttpStatusCode.BadRequest, "mail_choice_invalid");
        await Problems.IsAsync(await person.PutAsync("/api/notifications/preferences/paymentFailed", new { mail = "off" }), HttpStatusCode.Conflict, "mail_choice_fixed");
        await Problems.IsAsync(
            await person.PutAsync("/api/notifications/preferences/renewed/profile", new { inApp = false }), HttpStatusCode.Conflict, "notification_kind_of_account");
    }

    [Fact]
    public async Task A_profile_s_choice_goes_before_the_account_s_and_a_child_s_profile_is_never_written_about()
    {
        using var person = await Told.PersonAsync(Portal);
        await person.PutAsync("/api/notifications/preferences/newRelease", new { mail = "now" });
        Assert.Equal("now", await MailAsync());
        await person.PutAsync("/api/notifications/preferences/newRelease/profile", new { mail = "off" });
        Assert.Equal("off", await MailAsync());
        await person.PutAsync("/api/notifications/preferences/newRelease/profile", new { });
        Assert.Equal("now", await MailAsync());
        await person.EnterAsync(await person.ProfileAsync(new { name = "Child", isKids = true }));
        await person.PutAsync("/api/notifications/preferences/newRelease/profile", new { mail = "now" });
        Assert.Equal("off", await MailAsync());

        // From there the account's are a grown-up's to choose, who shows again who they are.
        Portal.Clock.Advance(TimeSpan.FromMinutes(30));
        await Problems.IsAsync(await person.PutAsync("/api/notifications/preferences/newRelease", new { mail = "off" }), HttpStatusCode.Forbidden, "confirmation_needed");

        async Task<string?> MailAsync() => (await person.ListAsync("/api/notifications/preferences"))
            .Single(one => one.GetProperty("kind").GetString() == "newRelease").GetProperty("mail").GetString();
    }

    [Fact]
    public async Task Everything_is_exported_and_goes_with_the_profile_and_the_account()
    {
        using var person = await Told.PersonAsync(Portal);
        await person.FollowAsync("genres", "drama");
        await person.PutAsync("/api/notifications/preferences/newRelease/profile", new { mail = "now" });
        await TellAsync(person, "one");
        var export = (await person.ReadAsync("/api/accounts/me/export")).GetProperty("notifications");
        Assert.Equal("drama", Assert.Single(export.GetProperty("follows").EnumerateArray()).GetProperty("id").GetString());
        var choices = Assert.Single(export.GetProperty("preferences").EnumerateArray()).GetProperty("choices");
        Assert.Equal("now", choices.GetProperty("newRelease").GetProperty("mail").GetString());
        Assert.Equal("encodeFinished", Assert.Single(export.GetProperty("told").EnumerateArray()).GetProperty("kind").GetString());

        var first = (await person.ReadAsync("/api/profiles")).GetProperty("items")[0].GetProperty("id").GetString();
        await person.EnterAsync(await person.ProfileAsync(new { name = "Other" }));
        Assert.Equal(HttpStatusCode.NoContent, (await person.DeleteAsync($"/api/profiles/{first}")).StatusCode);
        var left = (await person.ReadAsync("/api/accounts/me/export")).GetProperty("notifications");
        Assert.Equal((0, 0, 1), (left.GetProperty("follows").GetArrayLength(), left.GetProperty("preferences").GetArrayLength(), left.GetProperty("told").GetArrayLength()));

        var account = (await person.AccountAsync()).GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await person.DeleteAsync("/api/accounts/me")).StatusCode);
        await Portal.Services.GetRequiredService<FlickStream.Portal.Accounts.AccountSweep>().SweepAsync(Ct);
        Assert.Empty(await Portal.Services.GetRequiredService<NotificationStore>().OfAccountAsync(account, Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task What_is_old_is_forgotten()
    {
        await using var portal = await LongTimes.StartAsync();
        using var person = await Told.PersonAsync(portal);
        await TellAsync(person, "one", portal);
        var account = (await person.AccountAsync()).GetProperty("id").GetString()!;
        portal.Clock.Leap(TimeSpan.FromDays(89));
        await portal.SweepAsync();
        Assert.Single(await portal.Services.GetRequiredService<NotificationStore>().OfAccountAsync(account, Ct).ToListAsync(Ct));
        portal.Clock.Leap(TimeSpan.FromDays(2));
        await portal.SweepAsync();
        Assert.Empty(await portal.Services.GetRequiredService<NotificationStore>().OfAccountAsync(account, Ct).ToListAsync(Ct));
    }

    private Task<bool> TellAsync(Person person, string key) => TellAsync(person, key, Portal);

    private static async Task<bool> TellAsync(Person person, string key, PortalHost portal) => await portal.Services.GetRequiredService<Notifier>().TellAsync(
        new Notice((await person.AccountAsync()).GetProperty("id").GetString()!, null, NotificationKind.EncodeFinished, key, new About { AssetTitle = key }), Ct);
}
