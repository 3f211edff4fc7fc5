using System.Net;
using FlickStream.Engines;
using FlickStream.Portal.Notifications;
using FlickStream.Portal.Notifications.Events;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Watching;
using FlickStream.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Notifications;

public sealed class EventTests(NotifiedPortal on, SharedRedis redis) : IClassFixture<NotifiedPortal>, IClassFixture<SharedRedis>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PortalHost Portal => on.Portal;

    [Fact]
    public async Task A_page_that_listens_hears_of_what_is_new_and_of_what_another_page_read()
    {
        using var person = await Told.PersonAsync(Portal);
        await TellAsync(Portal, person, "before");
        using var page = await EventStream.OpenAsync(person);
        await page.NextAsync("unread", 1);
        await TellAsync(Portal, person, "first");
        var (id, first) = await page.NextAsync("notification", 2);
        Assert.Equal("encodeFinished", first.GetProperty("notification").GetProperty("kind").GetString());
        Assert.NotNull(id);
        await page.NextAsync("unread", 2);
        await person.PostAsync("/api/notifications/read-all", new { });
        await page.NextAsync("unread", 0);
    }

    [Fact]
    public async Task A_page_that_was_cut_off_is_sent_what_it_missed()
    {
        using var person = await Told.PersonAsync(Portal);
        string? seen;
        using (var page = await EventStream.OpenAsync(person))
        {
            await page.NextAsync("unread", 0);
            await TellAsync(Portal, person, "first");
            (seen, _) = await page.NextAsync("notification", 1);
        }

        Portal.Clock.Advance(TimeSpan.FromSeconds(5));
        await TellAsync(Portal, person, "second");
        using var again = await EventStream.OpenAsync(person, seen);
        foreach (var key in new[] { "first", "second" }) Assert.Equal($"\"{key}\" is encoded and can be watched.", await TextAsync(again, 2));
        await again.NextAsync("unread", 2);
    }

    [Fact]
    public async Task A_page_that_was_cut_off_before_anything_was_new_is_sent_what_it_missed()
    {
        using var person = await Told.PersonAsync(Portal);
        string? seen;
        using (var page = await EventStream.OpenAsync(person)) (seen, _) = await page.NextAsync("unread", 0);
        Portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await TellAsync(Portal, person, "missed");
        using var again = await EventStream.OpenAsync(person, seen);
        Assert.Equal("\"missed\" is encoded and can be watched.", await TextAsync(again, 1));
    }

    [Fact]
    public void What_was_written_late_is_sent_however_the_page_is_cut_off_and_never_sets_it_back()
    {
        var (now, resumed) = (Portal.Clock.GetUtcNow(), new Unsent(Portal.Clock.GetUtcNow(), null));
        Assert.Empty(resumed.Fresh([]));
        Assert.Equal(["b"], Send(resumed, One("b", now.AddSeconds(2))));
        var before = resumed.EventId;
        Assert.Equal(["a"], Send(resumed, One("a", now.AddSeconds(1)), One("b", now.AddSeconds(2))));
        Assert.Equal(before, resumed.EventId);

        // It was not there yet when the page was cut off.
        Assert.Equal(["a", "b"], Send(new Unsent(now.AddMinutes(1), Unsent.TryParse(before)), One("a", now.AddSeconds(1)), One("b", now.AddSeconds(2))));

        string[] Send(Unsent to, params Notification[] found) => [.. to.Fresh(found).Select(one =>
        {
            to.Send(one);
            return one.Id;
        })];

        Notification One(string id, DateTimeOffset at) =>
            new() { Id = id, AccountId = "a", Kind = NotificationKind.EncodeFinished, About = new(), CreatedAt = at, IsShown = true };
    }

    [Fact]
    public async Task V7_4_A_stream_ends_with_its_session_and_when_another_profile_is_entered()
    {
        using var person = await Told.PersonAsync(Portal);
        using (var page = await EventStream.OpenAsync(person))
        {
            await page.NextAsync("unread", 0);
            await person.EnterAsync(await person.ProfileAsync(new { name = "Other" }));
            await TellAsync(Portal, person, "one");
            Assert.Null(await page.NextAsync());
        }

        using (var page = await EventStream.OpenAsync(person))
        {
            await page.NextAsync("unread", 1);
            Assert.Equal(HttpStatusCode.NoContent, (await person.DeleteAsync("/api/session")).StatusCode);
            // Nothing is told: the next look at it ends it.
            Portal.Clock.Advance(TimeSpan.FromSeconds(20));
            Assert.Null(await page.NextAsync());
        }
    }

    [Fact]
    public async Task An_account_listens_from_so_many_pages()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Notifications:EventsPerAccount"] = "1" });
        using var person = await Told.PersonAsync(portal);
        using (var page = await EventStream.OpenAsync(person))
        {
            await page.NextAsync("unread", 0);
            await Problems.IsAsync(await EventStream.AskAsync(person), HttpStatusCode.TooManyRequests, "event_streams_limit");
        }
    }

    [Fact]
    public async Task Through_Redis_a_page_at_one_portal_hears_at_once_what_another_told()
    {
        var options = new Dictionary<string, string?>
        {
            ["Platform:Bus"] = "Redis", ["Platform:Redis:Connection"] = redis.Connection, ["Platform:Redis:KeyPrefix"] = RedisServer.NewPrefix(),
            ["Platform:Redis:ConnectTimeout"] = "00:00:10", ["Platform:Redis:CommandTimeout"] = "00:00:10",
        };
        // The clock stands still, so that nothing is polled.
        await BetweenPortalsAsync(options, _ => { });
    }

    [Fact]
    public Task Without_Redis_it_hears_at_the_next_look() => BetweenPortalsAsync([], clock => clock.Advance(TimeSpan.FromSeconds(20)));

    private static async Task BetweenPortalsAsync(Dictionary<string, string?> options, Action<FakeTimeProvider> wait)
    {
        await using var one = await PortalHost.StartAsync(options, isOfMany: true);
        using var person = await Told.PersonAsync(one);
        await using var two = await PortalHost.StartAsync(options, beside: one);
        using var page = await EventStream.OpenAsync(person);
        await page.NextAsync("unread", 0);
        await TellAsync(two, person, "elsewhere");
        wait(one.Clock);
        await page.NextAsync("notification", 1);
    }

    private static async Task<string?> TextAsync(EventStream page, int unread) =>
        (await page.NextAsync("notification", unread)).Data.GetProperty("notification").GetProperty("text").GetString();

    private static async Task TellAsync(PortalHost portal, Person person, string key)
    {
        var account = (await person.AccountAsync()).GetProperty("id").GetString()!;
        await portal.Services.GetRequiredService<Notifier>().TellAsync(
            new Notice(account, null, NotificationKind.EncodeFinished, key, new About { AssetTitle = key }), Ct);
    }
}
