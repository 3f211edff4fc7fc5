using System.Runtime.CompilerServices;
using FlickStream.Platform.Cache;
using Lucene.Net.Index;

namespace FlickStream.Portal.Search.Terms;

/// <summary>A <see cref="TermIndex"/> at one moment. Any thread may read, each by a cursor of its own.</summary>
internal sealed class TermReader : IDisposable
{
    // The list of what more have takes longer to go through, title by title, than all rows in whole vectors.
    private const int ShareOfFrequent = 20;

    private const long MostBytes = 32 << 20;
    private const int EntryBytes = 100;

    // A segment never changes, but for what is deleted of it.
    private static readonly ConditionalWeakTable<object, int[]> RowsOfSegments = [];

    private readonly DirectoryReader _reader;
    private readonly (AtomicReader Reader, int[] Rows)[] _segments;

    // Finding a term takes Lucene longer than its titles take here, and what is typed has the same words again and again.
    private readonly Recent<(string Field, string Term, bool IsBeginning), TermRows> _kept = new(MostBytes);

    public TermReader(DirectoryReader reader)
    {
        reader.IncRef();
        _reader = reader;
        _segments = [.. reader.Leaves.Select(leaf => (leaf.AtomicReader, RowsOfSegments.GetValue(leaf.AtomicReader.CoreCacheKey, _ => RowsOf(leaf.AtomicReader))))];
    }

    /// <summary>Keeps it until it is disposed of once more; false where it is gone already.</summary>
    public bool TryKeep() => _reader.TryIncRef();

    public void Dispose() => _reader.DecRef();

    public TermCursor Open() => new(this, _segments);

    /// <summary>What was kept of a term, or of all that begin so.</summary>
    public TermRows? Find(string field, string term, bool isBeginning) => _kept.Find((field, term, isBeginning));

    /// <param name="rows">That have it, each once.</param>
    /// <param name="room">For how many rows there are, in whole vectors.</param>
    public TermRows Keep(string field, string term, bool isBeginning, ReadOnlySpan<int> rows, int room)
    {
        var kept = TermRows.Of(rows, rows.Length > _reader.MaxDoc / ShareOfFrequent ? room : null);
        return _kept.Keep((field, term, isBeginning), kept, EntryBytes + (sizeof(char) * term.Length) + kept.Bytes);
    }

    private static int[] RowsOf(AtomicReader segment)
    {
        var (values, rows) = (segment.GetNumericDocValues(TermIndex.RowField), new int[segment.MaxDoc]);
        for (var document = 0; document < rows.Length; document++) rows[document] = (int)values.Get(document);
        return rows;
    }
}
