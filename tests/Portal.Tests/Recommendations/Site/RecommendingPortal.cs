using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Watching;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Popularity;
using FlickStream.Portal.Watching.Shelves;
using FlickStream.Shared.Planted;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Recommendations.Site;

/// <summary>A portal with sixty movies of four tastes, that three hundred profiles have watched, and the model made of that.</summary>
public sealed class RecommendingPortal : IAsyncLifetime
{
    private readonly PlantedData _planted = new(60, 4, 3);
    private readonly List<string> _movies = [];

    internal PortalHost Portal { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalHost.StartAsync(new()
        {
            ["Recommendations:LeastWatched"] = "500", ["Recommendations:LeastJudges"] = "5", ["Reviews:OnlyWatched"] = "false", ["Catalog:RegionHeader"] = "X-Country",
        });
        using var studio = await Studio.OfAsync(Portal);
        for (var title = 0; title < _planted.Titles; title++) _movies.Add(await studio.PublishAsync(Studio.Movie($"Movie {title}", 2020, IsDrama(title) ? ["drama"] : [])));
        var (rows, _) = _planted.Viewers(300, 12);
        for (var viewer = 0; viewer < rows.Length; viewer++) await WatchedAsync($"profile{viewer}", [.. rows[viewer].Titles.ToArray().Select(title => _movies[title])]);
        await TrainAsync();
        await Portal.Services.GetRequiredService<PopularityCount>().CountAsync(Ct);
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    /// <summary>What somebody's page shows, row by row.</summary>
    internal static async Task<List<(string Row, string Title, string? Because)>> TilesAsync(Person person) =>
    [
        .. from row in (await person.ReadAsync("/api/recommendations")).GetProperty("rows").EnumerateArray()
           from item in row.GetProperty("items").EnumerateArray()
           let because = item.GetProperty("because")
           select (row.GetProperty("kind").GetString()!, item.GetProperty("title").GetProperty("id").GetString()!,
               because.ValueKind == JsonValueKind.Object ? because.GetProperty("id").GetString() : null),
    ];

    internal int TasteOf(string movie) => _planted.ClusterOf(_movies.IndexOf(movie));

    /// <summary>A third of each taste.</summary>
    internal bool IsDrama(string movie) => IsDrama(_movies.IndexOf(movie));

    internal string[] OfTaste(int taste) => [.. _movies.Where(movie => TasteOf(movie) == taste)];

    /// <summary>By several nodes' jobs at once, one of which the portal's schedule may have begun, and read by this one.</summary>
    internal async Task TrainAsync()
    {
        var (job, models) = (Portal.Services.GetRequiredService<TrainModel>(), Portal.Services.GetRequiredService<ModelStore>());
        Portal.Clock.Leap(TimeSpan.FromDays(1));
        do await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => job.TrainAsync(Ct)));
        while ((await models.FindAsync(Ct)).TriedAt < Portal.Clock.GetUtcNow());
        Assert.Null((await models.FindAsync(Ct)).Refused);
        await Portal.Services.GetRequiredService<CurrentModel>().RefreshAsync(Ct);
    }

    /// <summary>An hour ago, and left open.</summary>
    internal async Task BegunAsync(string profile, string movie, double seconds)
    {
        var (id, now) = (Guid.NewGuid().ToString("n"), Portal.Clock.GetUtcNow());
        await Portal.Services.GetRequiredService<PlayStore>().AddAsync(
            new()
            {
                Id = id, AccountId = await AccountOfAsync(profile), ProfileId = profile, TitleId = movie, Kind = "movie", StartedAt = now.AddHours(-1), SeenAt = now, MovedAt = now,
                PositionSeconds = seconds, DurationSeconds = 100, FinishesAtSeconds = 95, WatchedSeconds = seconds,
            },
            Ct);
    }

    /// <summary>So long ago that nothing is known any more of when and how, but of where the profile is.</summary>
    internal Task LongAgoAsync(string profile, string movie, double seconds) => Portal.Services.GetRequiredService<ShelfStore>().KeepAsync(
        new()
        {
            Id = "", AccountId = profile, ProfileId = profile, TitleId = movie, Kind = "movie", StartedAt = default, SeenAt = default, MovedAt = default(DateTimeOffset),
            PositionSeconds = seconds, DurationSeconds = 100, FinishesAtSeconds = 95,
        },
        Ct);

    private static bool IsDrama(int title) => title % 3 == 0;

    /// <summary>One after the other, until now.</summary>
    internal Task WatchedAsync(string profile, params IReadOnlyList<string> movies) => WatchedAsync(profile, movies, _ => 100);

    /// <summary>The same, each between a tenth and all of it.</summary>
    internal Task WatchedInPartAsync(string profile, IReadOnlyList<string> movies, int seed)
    {
        var random = new Random(seed);
        return WatchedAsync(profile, movies, _ => random.Next(10, 100));
    }

    /// <summary>Seen to the end, so long ago that it may be watched again.</summary>
    internal Task FinishedLongAgoAsync(string profile, IReadOnlyList<string> movies) => WatchedAsync(profile, movies, _ => 100, daysAgo: 100);

    /// <summary>Plays are found by it; of a profile that only plays tell of it is the profile itself.</summary>
    internal async Task<string> AccountOfAsync(string profile) =>
        (await Portal.Services.GetRequiredService<IDocuments>().Set(Profile.Schema).GetAsync(profile, Ct))?.Value.AccountId ?? profile;

    private async Task WatchedAsync(string profile, IReadOnlyList<string> movies, Func<int, double> percentOf, int daysAgo = 0)
    {
        var (at, account) = (Portal.Clock.GetUtcNow().AddDays(-daysAgo), await AccountOfAsync(profile));
        await Portal.Services.GetRequiredService<IDocuments>().Set(Play.Schema).InsertManyAsync(
            [.. movies.Select((movie, place) => KeyValuePair.Create(Guid.NewGuid().ToString("n"), new Play
            {
                Id = $"{profile} {movie}", AccountId = account, ProfileId = profile, TitleId = movie, Kind = "movie", StartedAt = at.AddHours(place - movies.Count),
                SeenAt = at, ClosedAt = at, State = PlayState.Ended, DurationSeconds = 100, WatchedSeconds = percentOf(place),
            }))],
            Ct);
    }
}
