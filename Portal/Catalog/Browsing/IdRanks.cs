namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>Which place the id of each row has among all ids, by their UTF-16 units: ties are ended by numbers in fewer steps than by texts. It never changes.</summary>
internal sealed class IdRanks
{
    public static readonly IdRanks None = new([], []);

    private readonly string[] _ids;
    private readonly int[] _rows;
    private readonly int[] _ranks;

    private IdRanks(string[] ids, int[] rows)
    {
        (_ids, _rows, _ranks) = (ids, rows, new int[rows.Length]);
        for (var rank = 0; rank < rows.Length; rank++) _ranks[rows[rank]] = rank;
    }

    public int Of(int row) => _ranks[row];

    public int RowAt(int rank) => _rows[rank];

    /// <summary>The first rank behind an id, which may be of no row.</summary>
    public int Behind(string id) => Array.BinarySearch(_ids, id, StringComparer.Ordinal) is var at && at < 0 ? ~at : at + 1;

    /// <param name="come">Ids of the rows that follow those that are there.</param>
    public IdRanks With(IReadOnlyList<string> come)
    {
        if (come.Count == 0) return this;
        var (ids, rows, from) = (new List<string>(_ids.Length + come.Count), new List<int>(_ids.Length + come.Count), 0);
        foreach (var next in Enumerable.Range(0, come.Count).OrderBy(next => come[next], StringComparer.Ordinal))
        {
            TakeUntil(Behind(come[next]));
            ids.Add(come[next]);
            rows.Add(_rows.Length + next);
        }

        TakeUntil(_ids.Length);
        return new([.. ids], [.. rows]);

        void TakeUntil(int until)
        {
            ids.AddRange(_ids.AsSpan(from..until));
            rows.AddRange(_rows.AsSpan(from..until));
            from = until;
        }
    }
}
