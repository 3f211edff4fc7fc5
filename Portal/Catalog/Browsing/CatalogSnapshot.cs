using System.Collections.Concurrent;
using System.Collections.Immutable;
using FlickStream.Platform.Languages;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>All rows at one moment, found by value and sorted; it never changes, so that it is read without locks.</summary>
internal sealed class CatalogSnapshot
{
    public static readonly CatalogSnapshot Empty = new(
        [], new(StringComparer.Ordinal), [.. Enum.GetValues<Facet>().Select(_ => ImmutableDictionary<string, int[]>.Empty.WithComparers(StringComparer.Ordinal))], new(), IdRanks.None);

    // Of browsers everywhere; what strangers make up beyond them is not remembered.
    private const int MostWishes = 500;

    // What fewer rows have is as quickly put together.
    private const int ShareOfKept = 64;

    private readonly CatalogRow?[] _rows;
    private readonly Dictionary<string, int> _rowOf;
    private readonly ImmutableDictionary<string, int[]>[] _found;
    private readonly ConcurrentDictionary<(string Sort, string? Language), Lazy<CatalogOrder>> _orders;
    private readonly ConcurrentDictionary<(Facet Facet, string Value), ulong[]> _sets = new();
    private readonly ConcurrentDictionary<string, string?> _languages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<CatalogView>> _views = new(StringComparer.Ordinal);

    private CatalogSnapshot(
        CatalogRow?[] rows, Dictionary<string, int> rowOf, ImmutableDictionary<string, int[]>[] found,
        ConcurrentDictionary<(string Sort, string? Language), Lazy<CatalogOrder>> orders, IdRanks ranks) =>
        (_rows, _rowOf, _found, _orders, Ranks) = (rows, rowOf, found, orders, ranks);

    /// <summary>How many rows there are, with those that are empty.</summary>
    public int Rows => _rows.Length;

    /// <summary>Of all rows, those that are empty too.</summary>
    public IdRanks Ranks { get; }

    public CatalogRow? this[int row] => _rows[row];

    public int? Find(string id) => _rowOf.TryGetValue(id, out var row) && _rows[row] is not null ? row : null;

    /// <summary>The rows with this value, ascending.</summary>
    public int[] With(Facet facet, string value) => _found[(int)facet].GetValueOrDefault(value) ?? [];

    /// <summary>The same as a set; not to be written to.</summary>
    public ulong[] SetWith(Facet facet, string value)
    {
        if (_sets.TryGetValue((facet, value), out var known)) return known;
        var (rows, set) = (With(facet, value), Bits.None(Rows));
        foreach (var row in rows) set.Add(row);
        if (rows.Length > Rows / ShareOfKept) _sets[(facet, value)] = set;
        return set;
    }

    public IReadOnlyDictionary<string, int[]> ValuesOf(Facet facet) => _found[(int)facet];

    /// <summary>The original languages of titles that are one with this but for script and region, as <c>en</c> and <c>en-GB</c> are.</summary>
    public IEnumerable<string> OriginalsLike(string language) =>
        ValuesOf(Facet.Language).Keys.Where(original => LanguageTags.LanguageOf(original) == LanguageTags.LanguageOf(language));

    /// <summary>The language in which titles have names, for a wish; null for the original ones. There are no more of them than studios use,
    /// whatever is wished for.</summary>
    public string? LanguageFor(string? wanted)
    {
        if (wanted is null) return null;
        if (_languages.TryGetValue(wanted, out var known)) return known;
        var chosen = Translation.Choose(ValuesOf(Facet.Named).Keys.Order(StringComparer.Ordinal), "", wanted) is { Length: > 0 } near ? near : null;
        if (_languages.Count < MostWishes) _languages[wanted] = chosen;
        return chosen;
    }

    public CatalogOrder OrderBy(string sort, string? language) => _orders.GetOrAdd(
        (sort, sort == CatalogSorts.Name ? language : null),
        order => new Lazy<CatalogOrder>(() => new CatalogOrder(Entries(Enumerable.Range(0, _rows.Length), CatalogSorts.KeyOf(order.Sort, order.Language))))).Value;

    public IEnumerable<(SortKey Key, int Row)> Entries(IEnumerable<int> rows, Func<CatalogRow, SortKey> keyOf) =>
        rows.Where(row => _rows[row] is not null).Select(row => (keyOf(_rows[row]!), row));

    /// <summary>What is seen in a region now.</summary>
    public CatalogView ViewOf(string? region, DateTimeOffset now)
    {
        while (true)
        {
            // Made once, however many ask at the moment of a change: it is a walk over all rows.
            var view = _views.GetOrAdd(region ?? "", static (_, wanted) => Made(wanted), (Snapshot: this, region, now));
            if (view.Value.IsGoodAt(now)) return view.Value;
            _views.TryUpdate(region ?? "", Made((this, region, now)), view);
        }

        static Lazy<CatalogView> Made((CatalogSnapshot Snapshot, string? Region, DateTimeOffset Now) wanted) =>
            new(() => CatalogView.Of(wanted.Snapshot, wanted.Region, wanted.Now));
    }

    /// <param name="changes">By id: what it is now, null for what is seen no more.</param>
    public CatalogSnapshot With(IReadOnlyDictionary<string, CatalogRow?> changes)
    {
        var rowOf = new Dictionary<string, int>(_rowOf, StringComparer.Ordinal);
        var added = new List<string>();
        foreach (var id in changes.Keys)
            if (rowOf.TryAdd(id, rowOf.Count)) added.Add(id);
        var rows = new CatalogRow?[rowOf.Count];
        _rows.CopyTo(rows, 0);
        var changed = new HashSet<int>();
        var moves = new Dictionary<(Facet Facet, string Value), (HashSet<int> Gone, List<int> Come)>();
        foreach (var (id, now) in changes)
        {
            var row = rowOf[id];
            changed.Add(row);
            foreach (var value in rows[row]?.Values() ?? []) MoveOf(value).Gone.Add(row);
            foreach (var value in now?.Values() ?? []) MoveOf(value).Come.Add(row);
            rows[row] = now;
        }

        var found = _found.Select(values => values.ToBuilder()).ToArray();
        foreach (var ((facet, value), (gone, come)) in moves)
        {
            // Most edits leave most values of a title as they are, of which there may be as many as titles.
            if (gone.SetEquals(come)) continue;
            int[] with = [.. With(facet, value).Where(row => !gone.Contains(row)).Concat(come).Order()];
            if (with.Length > 0) found[(int)facet][value] = with;
            else found[(int)facet].Remove(value);
        }

        var orders = new ConcurrentDictionary<(string, string?), Lazy<CatalogOrder>>();
        var next = new CatalogSnapshot(rows, rowOf, [.. found.Select(values => values.ToImmutable())], orders, Ranks.With(added));
        foreach (var ((sort, language), order) in _orders)
        {
            // Those that nobody asked for since are not kept up.
            if (order.IsValueCreated)
                orders[(sort, language)] = new(() => order.Value.With(changed, next.Entries(changed, CatalogSorts.KeyOf(sort, language))));
        }

        return next;

        (HashSet<int> Gone, List<int> Come) MoveOf((Facet, string) value)
        {
            if (!moves.TryGetValue(value, out var move)) moves[value] = move = ([], []);
            return move;
        }
    }
}
