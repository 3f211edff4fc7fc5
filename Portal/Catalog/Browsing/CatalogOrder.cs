namespace FlickStream.Portal.Catalog.Browsing;

/// <param name="Number">Comes first.</param>
/// <param name="Text">By its UTF-16 units; empty where numbers sort.</param>
/// <param name="Id">Ends every tie.</param>
internal readonly record struct SortKey(double Number, string Text, string Id) : IComparable<SortKey>
{
    public int CompareTo(SortKey other)
    {
        var order = Number.CompareTo(other.Number);
        if (order == 0) order = string.CompareOrdinal(Text, other.Text);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }
}

/// <summary>All rows in one order, ascending by key. Another order is made from it by merging, which costs a walk and no sorting.</summary>
internal sealed class CatalogOrder
{
    private readonly SortKey[] _keys;
    private readonly int[] _rows;

    public CatalogOrder(IEnumerable<(SortKey Key, int Row)> entries)
    {
        (_keys, _rows) = Split([.. entries]);
        Array.Sort(_keys, _rows);
    }

    private CatalogOrder(SortKey[] keys, int[] rows) => (_keys, _rows) = (keys, rows);

    /// <param name="gone">Rows that are no longer where they were.</param>
    /// <param name="come">Where they are now, if anywhere.</param>
    public CatalogOrder With(HashSet<int> gone, IEnumerable<(SortKey Key, int Row)> come)
    {
        var added = new CatalogOrder(come);
        var (keys, rows) = (new List<SortKey>(_keys.Length + added._keys.Length), new List<int>(_rows.Length + added._rows.Length));
        var next = 0;
        for (var i = 0; i < _keys.Length; i++)
        {
            if (gone.Contains(_rows[i])) continue;
            for (; next < added._keys.Length && added._keys[next].CompareTo(_keys[i]) < 0; next++) Take(added, next);
            Take(this, i);
        }

        for (; next < added._keys.Length; next++) Take(added, next);
        return new CatalogOrder([.. keys], [.. rows]);

        void Take(CatalogOrder from, int index)
        {
            keys.Add(from._keys[index]);
            rows.Add(from._rows[index]);
        }
    }

    /// <summary>Rows of a set, from behind a key on.</summary>
    public IEnumerable<(SortKey Key, int Row)> Walk(ulong[] among, SortKey? after)
    {
        var begin = 0;
        if (after is { } end)
        {
            var found = Array.BinarySearch(_keys, end);
            begin = found < 0 ? ~found : found + 1;
        }

        for (var i = begin; i < _keys.Length; i++)
            if (among.Has(_rows[i])) yield return (_keys[i], _rows[i]);
    }

    private static (SortKey[] Keys, int[] Rows) Split((SortKey Key, int Row)[] entries) =>
        (Array.ConvertAll(entries, entry => entry.Key), Array.ConvertAll(entries, entry => entry.Row));
}
