using System.Text.Json.Nodes;
using FlickStream.Platform.Contracts;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;

namespace FlickStream.Portal.Tests.Watching;

/// <summary>A portal that plays, and a studio that publishes there.</summary>
public sealed class WatchingPortal : IAsyncLifetime
{
    public PortalHost Portal { get; private set; } = null!;

    internal Studio Studio { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // Each round of a timer that the clock passes over is work.
        Portal = await PortalHost.StartAsync(
            new() { ["Accounts:DeletionGrace"] = "00:00:00", ["Origin:Freshness"] = "00:01:00", ["Origin:ReleaseInterval"] = "01:00:00", ["Origin:WithdrawalInterval"] = "01:00:00" },
            hasOrigin: true);
        Studio = await Studio.OfAsync(Portal);
    }

    /// <summary>Somebody who has a plan and has chosen who watches.</summary>
    internal async Task<Person> ViewerAsync(string plan = "premium")
    {
        var person = await Person.RegisteredAsync(Portal);
        await person.SubscribeAsync(plan);
        await person.EnterAsync();
        return person;
    }

    /// <summary>Published, with an asset of ten minutes.</summary>
    internal async Task<string> TitleAsync(JsonObject? content = null, params IReadOnlyList<Chapter> chapters)
    {
        content ??= Studio.Movie($"Movie {Guid.NewGuid():n}");
        if (content["kind"]!.GetValue<string>() is "series" or "season") return await Studio.PublishAsync(content);
        var asset = await Studio.AssetAsync();
        await Playable.EncodedAsync(Portal, asset, chapters);
        content["assetId"] = asset;
        return await Studio.PublishAsync(content);
    }

    /// <summary>A series with seasons of so many episodes.</summary>
    /// <returns>The series, and its episodes in order.</returns>
    internal async Task<(string Series, string[] Episodes)> SeriesAsync(params IReadOnlyList<(int Season, int Episodes)> seasons)
    {
        var (series, episodes) = (await TitleAsync(Series.Of($"Series {Guid.NewGuid():n}")), new List<string>());
        foreach (var (number, count) in seasons)
        {
            var season = await TitleAsync(Series.Part("season", series, number));
            for (var episode = 1; episode <= count; episode++) episodes.Add(await TitleAsync(Series.Part("episode", season, episode)));
        }

        return (series, [.. episodes]);
    }

    public async ValueTask DisposeAsync()
    {
        Studio.Dispose();
        await Portal.DisposeAsync();
    }
}
