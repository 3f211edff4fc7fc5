using System.Globalization;
using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Watching.Plays;
using FlickStream.Portal.Watching.Popularity;
using FlickStream.Portal.Watching.Shelves;

namespace FlickStream.Portal.Bench;

/// <summary>20,000 people who pay, of whom each began to watch 50 times: 1,000,000 watch events in ninety days.</summary>
internal sealed class Audience(IServiceProvider services, DateTimeOffset now)
{
    public const int Accounts = 20_000;
    public const int PlaysEach = 50;
    public const string Password = "correct horse battery";

    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(7);

    private readonly IDocuments _documents = services.GetRequiredService<IDocuments>();

    public static string Email(int number) => string.Create(CultureInfo.InvariantCulture, $"viewer{number}@example.org");

    /// <returns>Of each title that was watched its popularity.</returns>
    public async Task<IReadOnlyDictionary<string, double>> WriteAsync(Library library)
    {
        await services.GetRequiredService<PlanStore>().ListAsync(CancellationToken.None);
        var hash = (await services.GetRequiredService<PasswordHasher>().HashAsync(Password, CancellationToken.None))!;
        await InsertAsync(Account.Schema, number => new Account
        {
            Id = AccountId(number), Email = Email(number), EmailKey = Email(number), PasswordHash = hash, CreatedAt = now,
        });
        await InsertAsync(Profile.Schema, number => new Profile
        {
            Id = ProfileId(number), AccountId = AccountId(number), Place = 1, CreatedAt = now,
            Content = new ProfileContent { Name = "Me", Avatar = ProfileRules.Avatars[0], Languages = ["en"], FavouriteGenres = ["drama"] },
        });
        await InsertAsync(Subscription.Schema, number => new Subscription
        {
            Id = Id(9, number), AccountId = AccountId(number), State = SubscriptionState.Active, Plan = new("family", new(17.99m, "EUR")), TimeZone = "UTC",
            TrialDays = 0, CreatedAt = now, Period = new("2026-01-01T00:00:00", 1, now, now + TimeSpan.FromDays(365), now + TimeSpan.FromDays(372)),
        });
        return await PlaysAsync(library);
    }

    /// <summary>Signs some in, each as their profile.</summary>
    /// <returns>What their browsers send as cookie.</returns>
    public async Task<IReadOnlyList<string>> SignInAsync(int people)
    {
        var sessions = services.GetRequiredService<SessionStore>();
        return await Task.WhenAll(Enumerable.Range(0, people).Select(async number =>
        {
            var opened = await sessions.OpenAsync(AccountId(number), Roles.Viewer, null, "Bench", "127.0.0.1", CancellationToken.None);
            await sessions.ActAsAsync(opened.Session.Id, ProfileId(number), isForOthers: false, CancellationToken.None);
            return $"{SessionCookie.Name}={opened.Text}";
        }));
    }

    private static string Id(int kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind:x4}{number:x12}");

    private static string AccountId(int number) => Id(7, number);

    private static string ProfileId(int number) => Id(8, number);

    private async Task InsertAsync<T>(DocumentSchema<T> schema, Func<int, T> make)
        where T : class
    {
        var id = (Func<T, string>)(one => (string)typeof(T).GetProperty("Id")!.GetValue(one)!);
        foreach (var some in Enumerable.Range(0, Accounts).Select(make).Chunk(2000))
            await _documents.Set(schema).InsertManyAsync([.. some.Select(one => KeyValuePair.Create(id(one), one))]);
    }

    private async Task<IReadOnlyDictionary<string, double>> PlaysAsync(Library library)
    {
        var random = new Random(9);
        var popularity = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var some in Enumerable.Range(0, Accounts).Chunk(100))
        {
            var plays = new List<Play>();
            foreach (var number in some)
                for (var play = 0; play < PlaysEach; play++) plays.Add(PlayOf(number, play, library, random));
            var (progress, shelves) = (new Dictionary<string, Progress>(StringComparer.Ordinal), new Dictionary<string, ShelfEntry>(StringComparer.Ordinal));
            foreach (var play in plays.OrderBy(play => play.StartedAt))
            {
                progress[Progress.IdOf(play.ProfileId, play.TitleId)] = Progress.Of(play);
                shelves[Progress.IdOf(play.ProfileId, play.WorkId)] = ShelfEntry.Of(play, TimeSpan.FromSeconds(30));
                foreach (var title in play.PartOf.Prepend(play.TitleId))
                    popularity[title] = PopularityScale.With(popularity.GetValueOrDefault(title), play.WatchedShare, play.ClosedAt!.Value, HalfLife);
            }

            await Task.WhenAll(
                _documents.Set(Play.Schema).InsertManyAsync([.. plays.Select(play => KeyValuePair.Create(play.Id, play))]),
                _documents.Set(Progress.Schema).InsertManyAsync(progress),
                _documents.Set(ShelfEntry.Schema).InsertManyAsync(shelves));
        }

        await _documents.Set(PopularityMark.Schema).InsertAsync(PopularityMark.Id, new(now, HalfLife));
        return popularity;
    }

    private Play PlayOf(int account, int play, Library library, Random random)
    {
        // Few titles are watched by many.
        var (title, partOf) = library.Played[(int)(Math.Pow(random.NextDouble(), 3) * library.Played.Count)];
        var (started, share) = (now - TimeSpan.FromMinutes(random.Next(60, 90 * 24 * 60)), 0.03 + (random.NextDouble() * 0.97));
        var seconds = Library.DurationSeconds * share;
        return new Play
        {
            Id = Id(10, (account * PlaysEach) + play) + Id(10, play), AccountId = AccountId(account), ProfileId = ProfileId(account), TitleId = title.Id,
            Kind = title.Content.Kind!, PartOf = partOf, Device = "Bench", StartedAt = started, SeenAt = started.AddSeconds(seconds), MovedAt = started.AddSeconds(seconds),
            ClosedAt = started.AddSeconds(seconds), State = PlayState.Closed, PositionSeconds = seconds, DurationSeconds = Library.DurationSeconds,
            FinishesAtSeconds = Library.DurationSeconds * 0.95, WatchedSeconds = seconds,
        };
    }
}
