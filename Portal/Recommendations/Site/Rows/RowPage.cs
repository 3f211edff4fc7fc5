using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Watching.Shelves;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>Fills the rows of one page. What the viewer does not see, has watched or put away is taken out before anything is ranked.</summary>
internal sealed class RowPage(OpenTitles open, Signals signals, DateTimeOffset now)
{
    public const int RowLength = 20;

    // Among new titles one in so many is of those that came after the training: nobody would see them otherwise until the next.
    private const int PlacesOfUnknown = 4;

    // The latest: a catalog that was published as a whole is new as a whole, and a page is to take no longer for it.
    private const int MostNew = 300;

    // A row of fewer looks like a mistake.
    public const int ShortestRow = 3;

    /// <summary>Rows of what one watched title speaks for.</summary>
    public const int MostReasons = 2;

    private static readonly TimeSpan New = TimeSpan.FromDays(60), Forgotten = TimeSpan.FromDays(90);

    public List<RecommendationRow> Rows { get; } = [];

    /// <summary>First, as whoever comes back mostly wants it; one is enough.</summary>
    public void AddBegun(IEnumerable<ContinueAnswer> begun)
    {
        var items = begun.Select(one => new RecommendedTitle(one.Title, Why.Begun, Progress: new(
            one.Series is { } series ? new(series.Id, series.Name) : null, one.PositionSeconds, one.DurationSeconds, one.IsNext))).ToList();
        if (items.Count == 0) return;
        foreach (var item in items) open.Take(item.Progress!.Series?.Id ?? item.Title.Id);
        Rows.Add(new("continueWatching", null, null, items));
    }

    public void AddRanked(TitleModel titled, RowOrder order, Moment moment)
    {
        var placed = signals.Placed(titled.PlaceOf);
        var history = placed.History with { Stated = StatedTastes.Of(open.Watcher, titled), Past = open.PastPlaces(titled) };
        var occasion = Occasion.At(titled.Model.Stages.First, moment, now, placed.LastAt);
        var ranking = ViewerRanking.Of(titled, order, history, occasion, place => open.RowOf(titled, place) is not null);
        Add("forYou", null, ranking.Spread(RowLength).Select(place => ItemOf(titled, ranking, place)));
        var latest = signals.Watched.Reverse().Select(work => work.Id).ToList();
        var groups = ranking.ByReason(ranking.Places.Where(place => !open.IsTaken(titled.TitleIds[place])), ShortestRow).OrderBy(group => Age(titled.TitleIds[group.Reason]));
        // All are found before the first is added, which takes titles.
        foreach (var (reason, places) in groups.ToList())
        {
            if (Rows.Count(row => row.Because is not null) == MostReasons) break;
            if (NameOf(titled, reason) is not { } known) continue;
            Add(open.IsWatched(known.Id) ? "becauseYouWatched" : "becauseYouLoved", known, places.Select(place => ReasonedItemOf(titled, place, known)));
        }

        AddNew(id => titled.PlaceOf(id), places => ranking.Liked(places, RowLength).Select(place => titled.TitleIds[place]));

        // What is loved, and was watched before the latest or elsewhere, comes last.
        int Age(string id) => latest.IndexOf(id) is >= 0 and var at ? at : latest.Count;
    }

    /// <summary>Without a model: what is popular of the profile's genres, and what is new.</summary>
    public void AddUnranked()
    {
        if (open.Watcher.Profile.Content.FavouriteGenres is { Count: > 0 } genres)
            Add("forYou", null, open.Works(CatalogSorts.Popularity).Where(title => title.Genres.Any(genres.Contains)).Select(title => ItemOf(title.Id, null)));
        AddNew(_ => null, _ => []);
    }

    public void AddPopular(string? language) => AddAll("popular", open.Works(CatalogSorts.Popularity, language).TakeWhile(title => title.Popularity > 0), Why.Popular, language);

    /// <summary>Last: what a site shows of which nothing is new and nobody has watched anything yet.</summary>
    public void AddAnything()
    {
        if (Rows.Count == 0) AddAll("discover", open.Works(CatalogSorts.Newest), Why.Unknown);
    }

    public void AddWatchAgain()
    {
        var again = signals.Watched.Where(work => work.IsFinished && work.At < now - Forgotten && open.MayComeAgain(work.Id)).ToList();
        Add("watchAgain", null, again.Select(work => open.CardOf(work.Id) is { } card ? new RecommendedTitle(card, Why.SeenBefore) : null), isAgain: true);
    }

    /// <param name="placeOf">In the model; null of a title that it does not know.</param>
    /// <param name="liked">Of these places, the newest first, the titles that the viewer would like most.</param>
    private void AddNew(Func<string, int?> placeOf, Func<IEnumerable<int>, IEnumerable<string>> liked)
    {
        var titles = open.Works(CatalogSorts.Newest).TakeWhile(title => title.ReleaseAt > now - New).Take(MostNew).Select(title => (title.Id, Place: placeOf(title.Id))).ToList();
        var known = liked(titles.Select(title => title.Place).OfType<int>());
        var unknown = titles.Where(title => title.Place is null).Select(title => title.Id);
        var ids = known.Select((id, at) => (Id: id, Place: at + (at / (PlacesOfUnknown - 1))))
            .Concat(unknown.Select((id, at) => (Id: id, Place: ((at + 1) * PlacesOfUnknown) - 1)))
            .OrderBy(title => title.Place).Select(title => title.Id);
        Add("newForYou", null, ids.Select(id => open.CardOf(id) is { } card ? new RecommendedTitle(card, Why.New) : null));
    }

    private void AddAll(string kind, IEnumerable<CatalogRow> titles, Why why, string? language = null) =>
        Add(kind, null, titles.Select(title => open.CardOf(title.Id) is { } card ? new RecommendedTitle(card, why) : null), language);

    private void Add(string kind, NamedTitle? because, IEnumerable<RecommendedTitle?> items, string? language = null, bool isAgain = false)
    {
        var row = items.OfType<RecommendedTitle>().Where(item => isAgain || !open.IsTaken(item.Title.Id)).DistinctBy(item => item.Title.Id).Take(RowLength).ToList();
        if (row.Count < ShortestRow) return;
        foreach (var item in row) open.Take(item.Title.Id);
        Rows.Add(new(kind, because, language, row));
    }

    private RecommendedTitle? ItemOf(TitleModel titled, ViewerRanking ranking, int place) =>
        ranking.BecauseOf(place) is { } reason && NameOf(titled, reason) is { } known ? ReasonedItemOf(titled, place, known)
        : ItemOf(titled.TitleIds[place], ranking.IsOfTaste(place) ? Why.Taste : ranking.IsPopular(place) ? Why.Popular : null);

    private RecommendedTitle? ReasonedItemOf(TitleModel titled, int place, NamedTitle because) =>
        open.CardOf(titled.TitleIds[place]) is { } card ? new(card, open.IsWatched(because.Id) ? Why.Watched : Why.Loved, because) : null;

    private NamedTitle? NameOf(TitleModel titled, int place) => open.CardOf(titled.TitleIds[place]) is { } card ? new(card.Id, card.Name) : null;

    // What the profile itself says of it, else what others do; null where nobody says anything.
    private RecommendedTitle? ItemOf(string id, Why? otherwise)
    {
        if (open.CardOf(id) is not { } card) return null;
        if (signals.Wishes.Contains(id)) return new(card, Why.Wished);
        var genre = open.Watcher.Profile.Content.FavouriteGenres?.FirstOrDefault(card.Genres.Contains);
        return genre is not null ? new(card, Why.FavouriteGenre, Genre: genre) : otherwise is { } why ? new(card, why) : null;
    }
}
