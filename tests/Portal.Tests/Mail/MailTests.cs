using FlickStream.Platform.Documents;
using FlickStream.Portal.Mail;
using FlickStream.Portal.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Mail;

/// <summary>Letters over a real SMTP server.</summary>
public sealed class MailTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_reaches_the_server_with_its_link()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls", "--auth");
        await using var portal = await PortalOn(server, ("Mail:User", "flick"), ("Mail:PasswordFile", PasswordFile("stream")));
        using var person = new Person(portal);
        await person.RegisterAsync();
        var letter = await server.NextAsync();
        Assert.Equal("studio@example.org", letter.From);
        Assert.Equal([person.Email], letter.To);
        Assert.Contains("Subject: Finish your registration", letter.Text);
        Assert.Contains("From: FlickStream <studio@example.org>", letter.Text);
        Assert.Contains("Auto-Submitted: auto-generated", letter.Text);
        Assert.Matches("/account/verify#[A-Za-z0-9_=-]{20}", letter.Text);
    }

    [Fact]
    public async Task What_the_server_cannot_take_now_is_sent_later_and_once()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await PortalOn(server);
        await PostAsync(portal, "somebody@later.example", "reminder:1");
        await UntilEndedAsync(portal);

        Assert.Contains("Message-Id: <reminder:1@example.org>", (await server.NextAsync()).Text, StringComparison.OrdinalIgnoreCase);
        await PostAsync(portal, "somebody@later.example", "reminder:1");
        await PostAsync(portal, "marker@example.org", "marker");
        Assert.Equal(["marker@example.org"], (await server.NextAsync()).To);
    }

    [Fact]
    public async Task A_server_that_is_away_loses_no_letter()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = "1", ["Mail:Security"] = "None" });
        await PostAsync(portal, "somebody@example.org", "one");
        await portal.Services.GetRequiredService<MailSender>().SendDueAsync(Ct);
        var waiting = await OnlyAsync(portal);
        Assert.Null(waiting.EndedAt);
        Assert.True(waiting.DueAt > portal.Clock.GetUtcNow());

        portal.Clock.Leap(TimeSpan.FromDays(3));
        await UntilEndedAsync(portal);
        Assert.Null((await OnlyAsync(portal)).Sealed);
    }

    [Fact]
    public async Task A_recipient_that_is_refused_for_good_is_given_up_at_once()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await PortalOn(server);
        await PostAsync(portal, "nobody@refused.example", "one");
        await UntilEndedAsync(portal);
        var ended = await OnlyAsync(portal);
        Assert.NotNull(ended.EndedAt);
        Assert.Null(ended.Sealed);
    }

    [Theory]
    [InlineData("--no-tls")]
    [InlineData("--with-tls-nobody-trusts")]
    public async Task Nothing_goes_over_a_line_that_anybody_can_read(string server)
    {
        await using var smtp = await SmtpServer.StartAsync(server);
        await using var portal = await PortalOn(smtp, ("Mail:Security", "StartTls"));
        await PostAsync(portal, "somebody@example.org", "one");
        await portal.Services.GetRequiredService<MailSender>().SendDueAsync(Ct);
        Assert.Null((await OnlyAsync(portal)).EndedAt);
    }

    [Fact]
    public async Task What_waits_is_not_readable_in_the_documents()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = "1", ["Mail:Security"] = "None" });
        await PostAsync(portal, "somebody@example.org", "one");
        var kept = System.Text.Encoding.Latin1.GetString((await OnlyAsync(portal)).Sealed!);
        Assert.DoesNotContain("somebody", kept);
        Assert.DoesNotContain("the words", kept);
    }

    private static Task<PortalHost> PortalOn(SmtpServer server, params (string Name, string Value)[] more)
    {
        var options = new Dictionary<string, string?>
        {
            ["Mail:Host"] = "127.0.0.1",
            ["Mail:Port"] = $"{server.Port}",
            ["Mail:Security"] = "None",
            ["Mail:From"] = "studio@example.org",
        };
        foreach (var (name, value) in more) options[name] = value;
        return PortalHost.StartAsync(options);
    }

    private static Task PostAsync(PortalHost portal, string to, string id) =>
        portal.Services.GetRequiredService<MailQueue>().PostAsync(new Letter(to, "A subject", "the words"), Ct, id);

    private static async Task<WaitingLetter> OnlyAsync(PortalHost portal)
    {
        var letters = portal.Services.GetRequiredService<IDocuments>().Set(WaitingLetter.Schema);
        return Assert.Single((await letters.QueryAsync(new(), Ct)).Items).Value;
    }

    /// <summary>Lets time pass until nothing waits any more.</summary>
    private static async Task UntilEndedAsync(PortalHost portal)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var looks = 0; (await OnlyAsync(portal)).EndedAt is null; looks++)
        {
            Assert.True(looks < 1000, "The letter waits for ever.");
            await portal.Services.GetRequiredService<MailSender>().SendDueAsync(Ct);
            portal.Clock.Advance(TimeSpan.FromSeconds(10));
            await timer.WaitForNextTickAsync(Ct);
        }
    }

    private static string PasswordFile(string password)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{Guid.NewGuid():n}.password");
        File.WriteAllText(path, password + "\n");
        return path;
    }
}
