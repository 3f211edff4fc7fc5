using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace FlickStream.Portal.Search.Terms;

/// <summary>A <see cref="TermIndex"/> at one moment. Any thread may read, each by a cursor of its own.</summary>
internal sealed class TermReader : IDisposable
{
    // The list of what more have takes longer to go through, title by title, than all rows in whole vectors.
    private const int ShareOfFrequent = 20;

    private const long MostBytes = 16 << 20;

    // A segment never changes, but for what is deleted of it.
    private static readonly ConditionalWeakTable<object, int[]> RowsOfSegments = [];

    private readonly DirectoryReader _reader;
    private readonly (AtomicReader Reader, int[] Rows)[] _segments;
    private readonly ConcurrentDictionary<(string Field, string Term), byte[]> _frequent = new();
    private long _bytes;

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

    /// <summary>Whether as many have a term that its rows are worth keeping, and there is room for them.</summary>
    public bool MayKeep(int documents, int bytes) => documents > _reader.MaxDoc / ShareOfFrequent && Interlocked.Read(ref _bytes) + bytes <= MostBytes;

    /// <summary>The rows of a frequent term as all bits set in a byte each; null where they are not kept.</summary>
    public byte[]? FindRows(string field, string term) => _frequent.GetValueOrDefault((field, term));

    public void KeepRows(string field, string term, byte[] rows)
    {
        if (_frequent.TryAdd((field, term), rows)) Interlocked.Add(ref _bytes, rows.Length);
    }

    private static int[] RowsOf(AtomicReader segment)
    {
        var (values, rows) = (segment.GetNumericDocValues(TermIndex.RowField), new int[segment.MaxDoc]);
        for (var document = 0; document < rows.Length; document++) rows[document] = (int)values.Get(document);
        return rows;
    }
}
