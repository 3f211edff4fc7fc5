using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace FlickStream.Portal.Search.Terms;

/// <summary>A <see cref="TermIndex"/> at one moment. Any thread may read, each by a cursor of its own.</summary>
internal sealed class TermReader : IDisposable
{
    // A segment never changes, but for what is deleted of it.
    private static readonly ConditionalWeakTable<object, int[]> RowsOfSegments = [];

    private readonly DirectoryReader _reader;
    private readonly (AtomicReader Reader, int[] Rows)[] _segments;

    public TermReader(DirectoryReader reader)
    {
        reader.IncRef();
        _reader = reader;
        _segments = [.. reader.Leaves.Select(leaf => (leaf.AtomicReader, RowsOfSegments.GetValue(leaf.AtomicReader.CoreCacheKey, _ => RowsOf(leaf.AtomicReader))))];
    }

    /// <summary>Keeps it until it is disposed of once more; false where it is gone already.</summary>
    public bool TryKeep() => _reader.TryIncRef();

    public void Dispose() => _reader.DecRef();

    public TermCursor Open() => new(_segments);

    private static int[] RowsOf(AtomicReader segment)
    {
        var (values, rows) = (segment.GetNumericDocValues(TermIndex.RowField), new int[segment.MaxDoc]);
        for (var document = 0; document < rows.Length; document++) rows[document] = (int)values.Get(document);
        return rows;
    }
}
