using System.Net.Http.Json;
using System.Text.RegularExpressions;
using FlickStream.Portal.Notifications;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Mail;
using FlickStream.Portal.Tests.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Notifications;

/// <summary>Letters over a real SMTP server.</summary>
public sealed partial class LetterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_s_news_is_one_letter_in_the_account_s_morning_without_what_was_read_or_deleted_or_is_for_children()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await PortalAsync(server);
        using var studio = await Studio.OfAsync(portal);
        using var person = await RegisteredAsync(portal, server);
        Assert.True((await person.Browser.PatchAsync("/api/accounts/me", JsonContent.Create(new { timeZone = "Asia/Kolkata" }), Ct)).IsSuccessStatusCode);
        await person.FollowAsync("genres", "crime");
        var grownUp = (await person.ReadAsync("/api/profiles")).GetProperty("items")[0].GetProperty("id").GetString()!;
        await person.EnterAsync(await person.ProfileAsync(new { name = "Child", isKids = true, maximumAge = 12 }));
        await person.FollowAsync("genres", "crime");
        await person.EnterAsync(grownUp);

        // Eight o'clock there.
        var morning = new DateTimeOffset(portal.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(2).AddHours(2.5);
        portal.Clock.LeapTo(morning.AddHours(-10));
        foreach (var name in new[] { "First", "Second", "Read", "Deleted", "Withdrawn" }) await studio.PublishAsync(Studio.Movie(name, 2020, "crime"));
        await portal.TellReleasesAsync();
        foreach (var told in await person.ToldAsync())
        {
            var (id, text) = (told.GetProperty("id").GetString(), told.GetProperty("text").GetString()!);
            if (text.Contains("Read", StringComparison.Ordinal)) await person.PutAsync($"/api/notifications/{id}/read", new { });
            if (text.Contains("Deleted", StringComparison.Ordinal)) await person.DeleteAsync($"/api/notifications/{id}");
            if (text.Contains("Withdrawn", StringComparison.Ordinal)) await studio.MoveAsync(told.GetProperty("workId").GetString()!, "withdraw");
        }

        portal.Clock.SetUtcNow(morning.AddMinutes(-1));
        await portal.SweepAsync();
        portal.Clock.SetUtcNow(morning.AddMinutes(3));
        await Task.WhenAll(portal.SweepAsync(), portal.SweepAsync());
        await portal.SweepAsync();
        await TellAsync(portal, person, "marker");

        var letter = await server.NextAsync();
        Assert.Equal([person.Email], letter.To);
        Assert.Contains("Subject: What is new for you", letter.Text);
        Assert.Equal(
            ["- New: First.", "- New: Second."],
            letter.Text.Split("\r\n").Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Order());
        Assert.Contains("https://watch.example.org/account/notifications", letter.Text);
        Assert.Contains("Subject: Your title could not be encoded", (await server.NextAsync()).Text);

        await person.PutAsync("/api/notifications/preferences/newRelease/profile", new { mail = "now" });
        await studio.PublishAsync(Studio.Movie("At once", 2020, "crime"));
        await portal.TellReleasesAsync();
        Assert.Contains("New: At once.", (await server.NextAsync()).Text);

        // What comes of a series after it was written about is written about.
        var series = await studio.PublishAsync(Series.Of("In parts"));
        await person.FollowAsync("series", series);
        var season = await studio.PublishAsync(Series.Part("season", series, 1));
        await portal.TellReleasesAsync();
        Assert.Contains("New: In parts, season 1.", (await server.NextAsync()).Text);
        await studio.PublishAsync(Series.Part("episode", season, 1));
        await portal.TellReleasesAsync();
        Assert.Matches("New: In parts, (?!season)", (await server.NextAsync()).Text);
    }

    [Fact]
    public async Task A_letter_at_once_is_one_letter_and_what_was_told_before_the_process_died_is_posted_by_the_sweep()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await PortalAsync(server);
        using var person = await RegisteredAsync(portal, server);
        await TellAsync(portal, person, "one");
        await TellAsync(portal, person, "one");
        Assert.Contains("\"one\" could not be encoded", (await server.NextAsync()).Text);

        var account = (await person.AccountAsync()).GetProperty("id").GetString()!;
        await portal.Services.GetRequiredService<NotificationStore>().AddAsync(
            new Notification
            {
                Id = Notification.IdOf(Notification.BoxOfAccount(account), "two"), AccountId = account, Kind = NotificationKind.EncodeFailed,
                About = new() { AssetTitle = "two" }, CreatedAt = portal.Clock.GetUtcNow(), IsShown = true, IsMailDue = true,
            },
            Ct);
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await Task.WhenAll(portal.SweepAsync(), portal.SweepAsync());
        Assert.Contains("\"two\" could not be encoded", (await server.NextAsync()).Text);
        await TellAsync(portal, person, "three");
        Assert.Contains("\"three\" could not be encoded", (await server.NextAsync()).Text);
    }

    internal static Task<PortalHost> PortalAsync(SmtpServer server) => PortalHost.StartAsync(new()
    {
        ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{server.Port}", ["Mail:Security"] = "None", ["Accounts:PublicUrl"] = "https://watch.example.org",
        ["Platform:Sessions:ViewerIdle"] = "400.00:00:00", ["Platform:Sessions:ViewerLife"] = "400.00:00:00",
    });

    /// <summary>By the letter that the server took.</summary>
    internal static async Task<Person> RegisteredAsync(PortalHost portal, SmtpServer server)
    {
        var person = new Person(portal);
        await person.RegisterAsync();
        var token = Link().Match((await server.NextAsync()).Text.Replace("=\r\n", "", StringComparison.Ordinal)).Groups["token"].Value;
        await person.PostAsync("/api/accounts/verify", new { token, password = Person.Password });
        await person.EnterAsync();
        return person;
    }

    internal static async Task TellAsync(PortalHost portal, Person person, string key) => await portal.Services.GetRequiredService<Notifier>().TellAsync(
        new Notice((await person.AccountAsync()).GetProperty("id").GetString()!, null, NotificationKind.EncodeFailed, key, new About { AssetTitle = key }), Ct);

    [GeneratedRegex("verify#(?<token>[A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}
