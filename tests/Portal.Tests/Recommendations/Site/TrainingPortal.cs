using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Shared.Planted;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <summary>A portal whose schedule trains nothing: tests say who makes a model, when, and what goes wrong. Three hundred profiles have watched sixty movies.</summary>
public sealed class TrainingPortal : IAsyncLifetime
{
    internal PortalHost Portal { get; private set; } = null!;

    internal ModelStore Models => Service<ModelStore>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var planted = new PlantedData(60, 4, 3);
        await StartAsync(planted.Titles, [.. planted.Viewers(300, 12).Rows.Select(row => row.Titles.ToArray())]);
    }

    /// <param name="movies">How many are published.</param>
    /// <param name="watched">By each profile, one after the other.</param>
    /// <param name="ago">How long before now each profile watched the last of them.</param>
    internal async Task StartAsync(int movies, IReadOnlyList<int[]> watched, Func<int, TimeSpan>? ago = null)
    {
        Portal = await PortalHost.StartAsync(new() { ["Recommendations:TrainEvery"] = "00:00:00" });
        using var studio = await Studio.OfAsync(Portal);
        var ids = new List<string>();
        for (var movie = 0; movie < movies; movie++) ids.Add(await studio.PublishAsync(Studio.Movie($"Movie {movie}")));
        var now = Portal.Clock.GetUtcNow();
        var plays = watched.SelectMany((row, profile) => row.Select((movie, at) => new Play
        {
            Id = Guid.NewGuid().ToString("n"), AccountId = $"profile{profile}", ProfileId = $"profile{profile}", TitleId = ids[movie], Kind = "movie",
            StartedAt = now.AddHours(at - row.Length) - (ago?.Invoke(profile) ?? TimeSpan.Zero), SeenAt = now, ClosedAt = now, State = PlayState.Ended, DurationSeconds = 100, WatchedSeconds = 100,
        }));
        foreach (var some in plays.Chunk(1000))
            await Service<IDocuments>().Set(Play.Schema).InsertManyAsync([.. some.Select(play => KeyValuePair.Create(play.Id, play))], Ct);
        // What was watched in this very moment is not read yet.
        Portal.Clock.Leap(TimeSpan.FromSeconds(1));
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    internal T Service<T>()
        where T : notnull => Portal.Services.GetRequiredService<T>();

    /// <summary>Of a node. Without <paramref name="options"/> what was watched suffices, and a model lasts a day.</summary>
    internal TrainModel Job(RecommendationOptions? options = null, IBlobs? blobs = null, ILeases? leases = null, IHostApplicationLifetime? host = null,
        ILogger<TrainModel>? log = null) => new(
        Service<SiteData>(), blobs is null ? Models : new(Service<IDocuments>(), blobs, Service<IOptions<RecommendationOptions>>()), leases ?? Service<ILeases>(),
        Options.Create(options ?? new() { LeastWatched = 500, LeastJudges = 5 }), Portal.Clock, host ?? Service<IHostApplicationLifetime>(), log ?? NullLogger<TrainModel>.Instance);
}
