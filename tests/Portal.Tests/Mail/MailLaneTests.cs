using FlickStream.Platform.Documents;
using FlickStream.Portal.Mail;
using Microsoft.Extensions.DependencyInjection;

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
        var (to, connections) = (new List<string>(), new HashSet<string>());
        for (var letter = 0; letter < Many; letter++) await PostAsync(portal, $"{letter}@example.org");
        for (var letter = 0; letter < Many; letter++)
        {
            var received = await server.NextAsync();
            to.AddRange(received.To);
            connections.Add(received.Connection);
        }

        Assert.Equal(Many, to.Distinct().Count());
        Assert.InRange(connections.Count, 1, 3);
        Assert.All(await EndedAsync(portal, Many), letter => Assert.Equal(1, letter.Attempts));
        await NothingElseCameAsync(portal, server);
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
        var (to, connections) = (new List<string>(), new HashSet<string>());
        for (var letter = 0; letter < Many; letter++) await PostAsync(portal, $"{letter}@example.org");
        for (var letter = 0; letter < Many; letter++)
        {
            var received = await server.NextAsync();
            to.AddRange(received.To);
            connections.Add(received.Connection);
        }

        Assert.Equal(Many, to.Distinct().Count());
        Assert.Equal(Many, connections.Count);
        Assert.All(await EndedAsync(portal, Many), letter => Assert.Equal(1, letter.Attempts));
        await NothingElseCameAsync(portal, server);
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

    private static Task<PortalHost> PortalAsync(SmtpServer server) => PortalHost.StartAsync(new()
    {
        ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{server.Port}", ["Mail:Security"] = "None", ["Mail:AtOnce"] = "3",
    });

    private static Task PostAsync(PortalHost portal, string to) =>
        portal.Services.GetRequiredService<MailQueue>().PostAsync(new Letter(to, "A subject", "the words"), Ct);

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
