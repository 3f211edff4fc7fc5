using FlickStream.Platform.Documents;
using FlickStream.Portal.Mail;
using FlickStream.Portal.Tests.Subscriptions.Simulation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Mail;

/// <summary>Many letters over few connections to a real SMTP server.</summary>
public sealed class MailLaneTests
{
    private const int Many = 30;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_letters_go_over_few_connections_and_each_goes_once()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await PortalAsync(server);
        var connections = await ManyAsync(portal, server);
        Assert.InRange(connections, 1, 3);
    }

    [Fact]
    public async Task A_letter_that_the_server_is_slow_to_take_holds_up_none_that_come_later()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await PortalAsync(server);
        await PostAsync(portal, "one@held.example");
        await PostAsync(portal, "two@held.example");
        Assert.Equal(["one@held.example", "two@held.example"], new[] { (await server.NextAsync()).To[0], (await server.NextAsync()).To[0] }.Order());

        // Its answers to both are still out.
        await PostAsync(portal, "somebody@example.org");
        Assert.Equal(["somebody@example.org"], (await server.NextAsync()).To);
        await PostAsync(portal, "somebody@release.example");
        Assert.Equal(["somebody@release.example"], (await server.NextAsync()).To);
        Assert.All(await EndedAsync(portal, 4), letter => Assert.Equal(1, letter.Attempts));
        await NothingElseCameAsync(portal, server);
    }

    [Theory]
    [InlineData("--one-each")]
    [InlineData("--leaves")]
    public async Task A_server_that_takes_one_letter_over_a_connection_gets_each_at_the_first_attempt_and_once(string manner)
    {
        await using var server = await SmtpServer.StartAsync("--no-tls", manner);
        await using var portal = await PortalAsync(server);
        var connections = await ManyAsync(portal, server);
        Assert.Equal(Many, connections);
    }

    [Fact]
    public async Task One_that_is_refused_leaves_the_connection_to_the_next()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await PortalAsync(server);
        await PostAsync(portal, "first@example.org");
        var first = await server.NextAsync();
        await EndedAsync(portal, 1);
        await PostAsync(portal, "nobody@refused.example");
        await EndedAsync(portal, 2);
        await PostAsync(portal, "last@example.org");
        var last = await server.NextAsync();
        Assert.Equal(["last@example.org"], last.To);
        Assert.Equal(first.Connection, last.Connection);
    }

    [Fact]
    public async Task A_connection_over_which_nothing_goes_is_closed_and_the_next_letter_opens_another()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var portal = await PortalAsync(server);
        await PostAsync(portal, "first@example.org");
        var first = await server.NextAsync();
        await EndedAsync(portal, 1);
        portal.Clock.Advance(new MailOptions().KeepOpen);
        Assert.Equal(first.Connection, await server.NextClosedAsync());

        await PostAsync(portal, "second@example.org");
        Assert.NotEqual(first.Connection, (await server.NextAsync()).Connection);
    }

    /// <summary>As relays do that take so many over one connection, and say so without closing it.</summary>
    [Fact]
    public async Task A_connection_that_the_server_has_had_enough_of_is_not_used_again()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls", "--enough");
        await using var portal = await PortalAsync(server);
        await PostAsync(portal, "first@example.org");
        var first = await server.NextAsync();
        await EndedAsync(portal, 1);
        await PostAsync(portal, "second@example.org");
        Assert.Equal(first.Connection, await server.NextClosedAsync());
        await PostAsync(portal, "third@example.org");
        Assert.Equal(["third@example.org"], (await server.NextAsync()).To);
    }

    [Fact]
    public async Task What_the_server_took_is_not_sent_again_where_that_could_not_be_written_down()
    {
        await using var server = await SmtpServer.StartAsync("--no-tls");
        await using var storage = new TestDocuments();
        var (clock, bus) = (new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)), new Node.DeadBus());
        var options = Options.Create(new MailOptions { Host = "127.0.0.1", Port = server.Port, Security = MailSecurity.None });
        var queue = new MailQueue(storage.Documents, new EphemeralDataProtectionProvider(), bus, clock);
        using var carrier = new SmtpCarrier(options, clock);
        var documents = new ContendedDocuments(storage.Documents);
        using var sender = new MailSender(queue, carrier, documents, bus, clock, options, NullLogger<MailSender>.Instance);
        await queue.PostAsync(new Letter("first@example.org", "A subject", "the words"), Ct);
        // The one that claims it goes well, the next does not.
        documents.BeforeReplacement<WaitingLetter>(() =>
        {
            documents.BeforeReplacement<WaitingLetter>(() => throw new IOException("The disk is full."));
            return Task.CompletedTask;
        });
        await sender.SendDueAsync(Ct);
        clock.Advance(TimeSpan.FromMinutes(3));
        await sender.SendDueAsync(Ct);
        await queue.PostAsync(new Letter("marker@example.org", "A subject", "the words"), Ct);
        await sender.SendDueAsync(Ct);
        Assert.Equal(["first@example.org"], (await server.NextAsync()).To);
        Assert.Equal(["marker@example.org"], (await server.NextAsync()).To);
    }

    private static Task<PortalHost> PortalAsync(SmtpServer server) => PortalHost.StartAsync(new()
    {
        ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{server.Port}", ["Mail:Security"] = "None", ["Mail:AtOnce"] = "3",
    });

    private static Task PostAsync(PortalHost portal, string to) =>
        portal.Services.GetRequiredService<MailQueue>().PostAsync(new Letter(to, "A subject", "the words"), Ct);

    /// <summary>Many letters, each of which comes once and at its first attempt.</summary>
    /// <returns>Over how many connections.</returns>
    private static async Task<int> ManyAsync(PortalHost portal, SmtpServer server)
    {
        var (to, connections) = (new List<string>(), new HashSet<string>());
        for (var letter = 0; letter < Many; letter++) await PostAsync(portal, $"{letter}@example.org");
        for (var letter = 0; letter < Many; letter++)
        {
            var received = await server.NextAsync();
            to.AddRange(received.To);
            connections.Add(received.Connection);
        }

        Assert.Equal(Many, to.Distinct().Count());
        Assert.All(await EndedAsync(portal, Many), letter => Assert.Equal(1, letter.Attempts));
        await NothingElseCameAsync(portal, server);
        return connections.Count;
    }

    /// <summary>So many, once all of them have.</summary>
    private static async Task<IReadOnlyList<WaitingLetter>> EndedAsync(PortalHost portal, int count)
    {
        var letters = portal.Services.GetRequiredService<IDocuments>().Set(WaitingLetter.Schema);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var looks = 0; looks < 1500; looks++)
        {
            var all = (await letters.QueryAsync(new() { Limit = 1000 }, Ct)).Items.Select(stored => stored.Value).ToList();
            if (all.Count(letter => letter.EndedAt is not null) == count) return all;
            await timer.WaitForNextTickAsync(Ct);
        }

        throw new TimeoutException("Letters wait for ever.");
    }

    private static async Task NothingElseCameAsync(PortalHost portal, SmtpServer server)
    {
        await PostAsync(portal, "marker@example.org");
        Assert.Equal(["marker@example.org"], (await server.NextAsync()).To);
    }
}
