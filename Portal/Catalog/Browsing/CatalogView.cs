using FlickStream.Platform.Cache;
using FlickStream.Portal.Catalog.Artwork;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>What is seen in one region from the last to the next release or edge of a window, and the pages made of it.</summary>
internal sealed class CatalogView
{
    public const int Oldest = 18;

    // An extra of an episode of a season of a series; what were higher would be a circle.
    private const int Highest = 4;

    private const long MostPageBytes = 64 << 20;

    private const int CardBytes = 500;
    private const long MostCardBytes = 10 << 20;

    private static long _last;

    private readonly Recent<(int Row, string? Language), TitleCard> _cards = new(MostCardBytes);
    private readonly ulong[]?[] _upTo = new ulong[Oldest + 1][];
    private readonly ulong[] _seen;
    private readonly sbyte[] _ages;
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _until;

    private CatalogView(CatalogSnapshot snapshot, ulong[] seen, sbyte[] ages, DateTimeOffset from, DateTimeOffset until) =>
        (Snapshot, _seen, _ages, _from, _until) = (snapshot, seen, ages, from, until);

    public CatalogSnapshot Snapshot { get; }

    /// <summary>Another one for each view.</summary>
    public long Number { get; } = Interlocked.Increment(ref _last);

    public PageCache Pages { get; } = new(MostPageBytes);

    /// <summary>As lists show it. Most lists show the same titles, so that it is kept.</summary>
    public TitleCard CardOf(int row, string? language)
    {
        if (_cards.Find((row, language)) is { } known) return known;
        var title = Snapshot[row]!;
        var card = new TitleCard(
            title.Id, title.Kind, title.NameIn(language), title.ParentId, title.Number, title.Year, AgeOf(row), title.Genres, title.ReleaseAt,
            title.Popularity, ArtworkAnswer.For(title.Id, title.Artwork, language));
        return _cards.Keep((row, language), card, CardBytes);
    }

    public bool IsGoodAt(DateTimeOffset now) => _from <= now && now < _until;

    /// <summary>The age from which a row may be seen: its own or a higher one of what it belongs to, and <see cref="Oldest"/> when none says.</summary>
    public int AgeOf(int row) => _ages[row] < 0 ? Oldest : _ages[row];

    /// <summary>What may be seen at this age; not to be written to.</summary>
    public ulong[] UpTo(int age)
    {
        age = Math.Clamp(age, 0, Oldest);
        if (_upTo[age] is { } known) return known;
        var set = Bits.None(Snapshot.Rows);
        foreach (var row in _seen.Rows())
            if (AgeOf(row) <= age) set.Add(row);
        return _upTo[age] = set;
    }

    public static CatalogView Of(CatalogSnapshot snapshot, string? region, DateTimeOffset now)
    {
        var (since, until) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        var (seen, ages) = (Bits.None(snapshot.Rows), new sbyte[snapshot.Rows]);
        for (var row = 0; row < snapshot.Rows; row++)
            if (snapshot[row] is { } title && IsOpen(title)) seen.Add(row);

        // What belongs to something is seen only with it.
        var shown = Bits.None(snapshot.Rows);
        for (var row = 0; row < snapshot.Rows; row++)
        {
            var (isShown, age) = (seen.Has(row), (sbyte)-1);
            var high = 0;
            for (var at = (int?)row; at is { } here && isShown; at = ParentOf(here))
            {
                age = (sbyte)Math.Max(age, snapshot[here]!.MinimumAge ?? -1);
                isShown = ++high <= Highest && seen.Has(here) && (snapshot[here]!.ParentId is null || ParentOf(here) is not null);
            }

            ages[row] = age;
            if (isShown) shown.Add(row);
        }

        return new CatalogView(snapshot, shown, ages, since, until);

        int? ParentOf(int row) => snapshot[row]!.ParentId is { } parent ? snapshot.Find(parent) : null;

        bool IsOpen(CatalogRow title)
        {
            var isOpen = title.Windows.Count == 0;
            Edge(title.ReleaseAt);
            foreach (var window in title.Windows.Where(window => window.IsIn(region)))
            {
                Edge(window.From);
                Edge(window.Until);
                isOpen |= window.IsOpen(region, now);
            }

            return isOpen && title.ReleaseAt <= now;
        }

        void Edge(DateTimeOffset? edge)
        {
            if (edge > now && edge < until) until = edge.Value;
            if (edge <= now && edge > since) since = edge.Value;
        }
    }
}
