using System.Globalization;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Numbers;
using FlickStream.Portal.Catalog.People;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Bench;

/// <summary>100,000 published titles: 60,000 movies, and 1,000 series of three seasons of twelve episodes. The same ones each time.</summary>
internal sealed class Library(DateTimeOffset now)
{
    public const int Movies = 60_000;
    public const int Series = 1000;
    public const int DurationSeconds = 600;

    private const string Owner = "00000000000000aa";
    private const int Seasons = 3;
    private const int Episodes = 12;
    private const int Assets = 200;
    private const int People = 20_000;

    private static readonly string[] Genres = [.. Catalog.Titles.Genres.Names.Keys.Order(StringComparer.Ordinal)];
    private static readonly string[] Languages = ["en", "de", "fr", "es", "ja", "pt-BR"];
    private static readonly string[] Countries = ["US", "DE", "FR", "ES", "JP", "BR", "GB", "KR"];

    private static readonly int[] Ages = [0, 6, 12, 16, 18];

    private readonly Random _random = new(5);
    private readonly List<Title> _titles = [];

    /// <summary>What can be played, with what it belongs to.</summary>
    public IReadOnlyList<(Title Title, IReadOnlyList<string> PartOf)> Played { get; private set; } = [];

    public static string MovieId(int number) => Id(1, number);

    /// <summary>Makes all of it, and writes none yet.</summary>
    public void Make()
    {
        var played = new List<(Title, IReadOnlyList<string>)>();
        for (var movie = 0; movie < Movies; movie++) played.Add((Add(MovieId(movie), Kinds.Movie, null, null), []));
        for (var series = 0; series < Series; series++)
        {
            var whole = Add(Id(2, series), Kinds.Series, null, null);
            for (var number = 1; number <= Seasons; number++)
            {
                var season = Add(Id(3, (series * Seasons) + number), Kinds.Season, whole.Id, number);
                for (var episode = 1; episode <= Episodes; episode++)
                    played.Add((Add(Id(4, (((series * Seasons) + number) * Episodes) + episode), Kinds.Episode, season.Id, episode), [season.Id, whole.Id]));
            }
        }

        Played = played;
    }

    public async Task WriteAsync(IDocuments documents, IReadOnlyDictionary<string, double> popularity)
    {
        await documents.Set(Person.Schema).InsertManyAsync(
            [.. Enumerable.Range(0, People).Select(number => KeyValuePair.Create(Id(5, number), PersonOf(number)))]);
        foreach (var some in _titles.Chunk(2000))
        {
            await documents.Set(Title.Schema).InsertManyAsync(
                [.. some.Select(title => KeyValuePair.Create(title.Id, title with { Popularity = popularity.GetValueOrDefault(title.Id) }))]);
        }

        for (var asset = 0; asset < Assets; asset++) await WriteAssetAsync(documents, AssetId(asset));
    }

    private static string Id(int kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind:x4}{number:x12}");

    private static string AssetId(int number) => Id(6, number);

    private Person PersonOf(int number) => new() { Id = Id(5, number), Name = $"{Words.Name(number)} {Words.Name(number / 140)}", Note = Id(5, number), OwnerId = Owner, CreatedAt = now };

    private Title Add(string id, string kind, string? parent, int? number)
    {
        var name = $"{Words.Noun(_random.Next())} of the {Words.Noun(_random.Next())}";
        var stands = parent is null;
        var title = new Title
        {
            Id = id, OwnerId = Owner, Publication = Publication.Released, Revision = 1, CreatedAt = now, ChangedAt = now,
            ReleaseAt = now - TimeSpan.FromMinutes(_random.Next(60, 2_000_000)),
            Artwork = [new($"{id}-00000001", stands ? "poster" : "still", null, 720, 1080, [180, 360, 720], ["avif", "webp", "jpg"])],
            Content = new TitleContent
            {
                ExternalId = id, Kind = kind, ParentId = parent, Number = number, OriginalLanguage = Pick(Languages),
                Texts = Languages.Take(2).Concat([Pick(Languages)]).Distinct()
                    .Concat(Languages).Distinct().Take(4).ToDictionary(language => language, language => (TitleText?)new($"{name} ({language})", Words.Synopsis(_random))),
                Year = _random.Next(1950, 2026), Genres = stands ? [.. PickSome(Genres, 3)] : [], Countries = stands ? [Pick(Countries)] : [],
                People = stands ? [.. Enumerable.Range(0, 6).Select(place => new Credit(Id(5, _random.Next(People)), place == 0 ? "director" : "actor", place == 0 ? null : Words.Name(_random.Next())))] : [],
                Rating = stands ? new(Ages[_random.Next(Ages.Length)]) : null, Tags = [], Windows = [],
                AssetId = Kinds.IsPlayed(kind) ? AssetId(_random.Next(Assets)) : null,
            },
        };
        // A name in the original language there must be.
        if (!title.Content.Texts!.ContainsKey(title.Content.OriginalLanguage!)) title = title with { Content = title.Content with { OriginalLanguage = "en" } };
        _titles.Add(title);
        return title;
    }

    private string Pick(string[] among) => among[_random.Next(among.Length)];

    private IEnumerable<string> PickSome(string[] among, int most) => Enumerable.Range(0, _random.Next(1, most + 1)).Select(_ => Pick(among)).Distinct();

    private async Task WriteAssetAsync(IDocuments documents, string id)
    {
        await documents.Set(Asset.Schema).InsertAsync(
            id,
            new Asset { Id = id, State = AssetState.Accepted, Title = id, FileName = "bench.mp4", SizeBytes = 1, MasterKey = $"masters/{id}", CreatedAt = now, Owner = Owner });
        await documents.Set(Presentation.Schema).InsertAsync(
            id,
            new Presentation
            {
                AssetId = id, Revision = "r1", State = PresentationState.Ready, Grid = new SegmentGrid(new Rational(30, 1), 60, 180, [1]),
                Frames = DurationSeconds * 30, Audio = [], Video = [new("v720", 1280, 720, "avc1.64001f", 3_000_000, 30_000)], Thumbnail = new(160, 90), CreatedAt = now,
            });
        await documents.Set(SegmentRun.Schema).InsertAsync(
            SegmentRun.IdOf(id, "r1", "v720", 0),
            new SegmentRun
            {
                AssetId = id, Revision = "r1", Rendition = "v720", Chunk = 0, First = 0,
                Segments = [.. Enumerable.Repeat(new MeasuredSegment(1000, 180_000, [new(0, 500, 60_000)]), DurationSeconds / 6)],
            });
    }
}
