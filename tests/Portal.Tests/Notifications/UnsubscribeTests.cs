using System.Net;
using System.Text;
using System.Text.Json;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Mail;
using FlickStream.Portal.Tests.Watching;

namespace FlickStream.Portal.Tests.Notifications;

/// <summary>Letters that are ended by a click in a mailbox (RFC 8058), over a real SMTP server.</summary>
public sealed class UnsubscribeTests
{
    private const string Site = "https://watch.example.org";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_click_without_a_sign_in_ends_letters_of_that_kind_to_that_profile_and_no_others()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await LetterTests.PortalAsync(server);
        using var studio = await Studio.OfAsync(portal);
        using var person = await LetterTests.RegisteredAsync(portal, server);
        var first = (await person.ReadAsync("/api/profiles")).GetProperty("items")[0].GetProperty("id").GetString()!;
        await FollowAtOnceAsync(person);
        await person.EnterAsync(await person.ProfileAsync(new { name = "Other" }));
        await FollowAtOnceAsync(person);
        await person.EnterAsync(first);
        await studio.PublishAsync(Studio.Movie("One", 2020, "crime"));
        await portal.TellReleasesAsync();
        // A letter to each profile, in either order; their links differ.
        var letters = new[] { await server.NextAsync(), await server.NextAsync() };
        var links = letters.Select(LinkOf).ToList();
        Assert.Equal(2, links.Distinct().Count());

        using var anybody = portal.Anonymous;
        var asked = await anybody.GetAsync(links[0], Ct);
        Assert.Contains("<form method=\"post\">", await asked.Content.ReadAsStringAsync(Ct));
        Assert.True(asked.Headers.CacheControl!.NoStore);
        Assert.Equal("now", await MailOfAsync(person, "newRelease"));

        await ClickAsync(anybody, links[0]);
        await ClickAsync(anybody, links[0]);
        var choices = new List<string> { await MailOfAsync(person, "newRelease") };
        Assert.True((await PreferenceAsync(person, "newRelease")).GetProperty("inApp").GetBoolean());
        Assert.Equal("now", await MailOfAsync(person, "encodeFailed"));
        foreach (var profile in (await person.ReadAsync("/api/profiles")).GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()!).Where(id => id != first))
        {
            await person.EnterAsync(profile);
            choices.Add(await MailOfAsync(person, "newRelease"));
        }

        Assert.Equal(["now", "off"], choices.Order());
        await studio.PublishAsync(Studio.Movie("Two", 2020, "crime"));
        await portal.TellReleasesAsync();
        Assert.Contains("New: Two.", (await server.NextAsync()).Text);
        await LetterTests.TellAsync(portal, person, "marker");
        Assert.Contains("\"marker\" could not be encoded", (await server.NextAsync()).Text);
        Assert.DoesNotContain(portal.Log.Lines, line => links.Any(link => line.Contains(link.Split('=')[1], StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_click_in_a_digest_ends_all_that_comes_once_a_day_and_what_was_to_come_tomorrow()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await LetterTests.PortalAsync(server);
        using var studio = await Studio.OfAsync(portal);
        using var person = await LetterTests.RegisteredAsync(portal, server);
        await person.FollowAsync("genres", "crime");
        await person.PutAsync("/api/notifications/preferences/encodeFinished", new { mail = "digest" });
        await studio.PublishAsync(Studio.Movie("Today", 2020, "crime"));
        await portal.TellReleasesAsync();
        portal.Clock.Leap(TimeSpan.FromDays(1.1));
        await portal.SweepAsync();
        var link = LinkOf(await server.NextAsync());
        await studio.PublishAsync(Studio.Movie("Tomorrow", 2020, "crime"));
        await portal.TellReleasesAsync();

        using var anybody = portal.Anonymous;
        await ClickAsync(anybody, link);
        Assert.Equal("off", await MailOfAsync(person, "newRelease"));
        Assert.Equal("off", await MailOfAsync(person, "encodeFinished"));
        Assert.Equal("now", await MailOfAsync(person, "encodeFailed"));
        portal.Clock.Leap(TimeSpan.FromDays(1.1));
        await portal.SweepAsync();
        await LetterTests.TellAsync(portal, person, "marker");
        Assert.Contains("\"marker\" could not be encoded", (await server.NextAsync()).Text);
    }

    [Fact]
    public async Task A_link_that_was_not_made_here_or_too_long_ago_ends_nothing_and_cannot_be_guessed_at()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await LetterTests.PortalAsync(server);
        using var person = await LetterTests.RegisteredAsync(portal, server);
        await LetterTests.TellAsync(portal, person, "one");
        var link = LinkOf(await server.NextAsync());
        using var anybody = portal.Anonymous;
        var last = link[^20] == 'A' ? 'B' : 'A';
        foreach (var wrong in new[] { "/unsubscribe", "/unsubscribe?token=", "/unsubscribe?token=%24", link[..^8], $"{link[..^20]}{last}{link[^19..]}" })
        {
            await Problems.IsAsync(await anybody.GetAsync(wrong, Ct), HttpStatusCode.NotFound, "unsubscribe_link_invalid");
            await Problems.IsAsync(await anybody.PostAsync(wrong, null, Ct), HttpStatusCode.NotFound, "unsubscribe_link_invalid");
        }

        Assert.Equal("now", await MailOfAsync(person, "encodeFailed"));
        portal.Clock.Leap(TimeSpan.FromDays(364));
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync(link, Ct)).StatusCode);
        portal.Clock.Leap(TimeSpan.FromDays(2));
        await Problems.IsAsync(await anybody.PostAsync(link, null, Ct), HttpStatusCode.NotFound, "unsubscribe_link_invalid");

        portal.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var guess = 0; guess < 30; guess++) Assert.Equal(HttpStatusCode.NotFound, (await anybody.PostAsync("/unsubscribe?token=a", null, Ct)).StatusCode);
        await Problems.IsAsync(await anybody.PostAsync("/unsubscribe?token=a", null, Ct), HttpStatusCode.TooManyRequests, "rate_limited");
    }

    [Fact]
    public async Task A_letter_that_nobody_can_do_without_has_no_such_link()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await LetterTests.PortalAsync(server);
        using var person = new Person(portal);
        await person.RegisterAsync();
        Assert.DoesNotContain("List-Unsubscribe", (await server.NextAsync()).Text);
    }

    private static async Task FollowAtOnceAsync(Person person)
    {
        await person.FollowAsync("genres", "crime");
        await person.PutAsync("/api/notifications/preferences/newRelease/profile", new { mail = "now" });
    }

    /// <summary>As a mailbox provider does it.</summary>
    private static async Task ClickAsync(HttpClient anybody, string link)
    {
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        Assert.Equal(HttpStatusCode.OK, (await anybody.PostAsync(link, form, Ct)).StatusCode);
    }

    /// <summary>On this host; the letter's head has it in one line, and its text too.</summary>
    private static string LinkOf(Received letter)
    {
        using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(letter.Text));
        using var message = MimeKit.MimeMessage.Load(bytes, Ct);
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
        var line = Assert.Single(letter.Text.Split("\r\n"), line => line.StartsWith("List-Unsubscribe:", StringComparison.Ordinal));
        Assert.InRange(line.Length, 1, 998);
        Assert.Matches($"^List-Unsubscribe: <{Site}/unsubscribe\\?token=[A-Za-z0-9_-]+>$", line);
        var link = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..^1];
        Assert.Contains(link, message.TextBody);
        return link[Site.Length..];
    }

    private static async Task<JsonElement> PreferenceAsync(Person person, string kind) =>
        (await person.ReadAsync("/api/notifications/preferences")).GetProperty("items").EnumerateArray().Single(one => one.GetProperty("kind").GetString() == kind);

    private static async Task<string> MailOfAsync(Person person, string kind) => (await PreferenceAsync(person, kind)).GetProperty("mail").GetString()!;
}
