using System.Net;
using FlickStream.Engines;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;
using FlickStream.Tests;

namespace FlickStream.Portal.Tests.Watching;

/// <summary>ASVS 5.0, 15.4.2, on two nodes of one installation.</summary>
public sealed class TwoNodesTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    [Fact]
    public async Task V15_4_2_Of_20_streams_started_at_once_exactly_2_play()
    {
        var options = new Dictionary<string, string?>
        {
            ["Platform:Leases"] = "Redis", ["Platform:Bus"] = "Redis", ["Platform:Redis:Connection"] = redis.Connection,
            ["Platform:Redis:KeyPrefix"] = RedisServer.NewPrefix(), ["Platform:Redis:ConnectTimeout"] = "00:00:10", ["Platform:Redis:CommandTimeout"] = "00:00:10",
        };
        await using var one = await PortalHost.StartAsync(options, hasOrigin: true, isOfMany: true);
        using var studio = await Studio.OfAsync(one);
        var title = await Playable.MovieAsync(one, studio);
        using var viewer = await Person.RegisteredAsync(one);
        await viewer.SubscribeAsync("premium");
        await viewer.EnterAsync();
        await using var two = await PortalHost.StartAsync(options, hasOrigin: true, beside: one);
        using var elsewhere = new Person(two) { Email = viewer.Email };
        await elsewhere.SignInAsync();
        await elsewhere.EnterAsync(await viewer.ProfileAsync(new { name = "Other" }));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? viewer : elsewhere).AskToPlayAsync(title)));
        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
            await Problems.IsAsync(refused, HttpStatusCode.Conflict, "stream_limit");
        Assert.Equal(2, (await elsewhere.ListAsync("/api/streams")).Count);
    }
}
