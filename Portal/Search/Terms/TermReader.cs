using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FlickStream.Platform.Cache;
using Lucene.Net.Index;

namespace FlickStream.Portal.Search.Terms;

/// <summary>A <see cref="TermIndex"/> at one moment. Any thread may read, each by a cursor of its own.</summary>
internal sealed class TermReader : IDisposable
{
    public const long MostBytes = 32 << 20;

    // A segment never changes, but for what is deleted of it.
    private static readonly ConditionalWeakTable<object, int[]> RowsOfSegments = [];

    private readonly DirectoryReader _reader;
    private readonly (AtomicReader Reader, int[] Rows)[] _segments;
    private readonly ConcurrentBag<TermCursor> _cursors = [];
    private readonly Recent<(string Field, string Text, bool IsBeginning), TermRows> _kept;

    /// <param name="reader">Of the index.</param>
    /// <param name="kept">What was read by <paramref name="reader"/> before.</param>
    public TermReader(DirectoryReader reader, Recent<(string Field, string Text, bool IsBeginning), TermRows> kept)
    {
        reader.IncRef();
        (_reader, _kept) = (reader, kept);
        _segments = [.. reader.Leaves.Select(leaf => (leaf.AtomicReader, RowsOfSegments.GetValue(leaf.AtomicReader.CoreCacheKey, _ => RowsOf(leaf.AtomicReader))))];
    }

    /// <summary>Keeps it until it is disposed of once more; false where it is gone already.</summary>
    public bool TryKeep() => _reader.TryIncRef();

    public void Dispose() => _reader.DecRef();

    /// <summary>Raises what is below so many points, of each row that has a term.</summary>
    /// <param name="field">See <see cref="Fields"/>.</param>
    /// <param name="term">What.</param>
    /// <param name="best">By row, with room for whole vectors.</param>
    /// <param name="points">How far.</param>
    public void Raise(string field, string term, Span<byte> best, byte points) => Find(field, term, isBeginning: false).Raise(best, points);

    /// <summary>The same of each row that has a term which begins so.</summary>
    public void RaiseBeginning(string field, string beginning, Span<byte> best, byte points) => Find(field, beginning, isBeginning: true).Raise(best, points);

    /// <summary>The rows that have a term; null where there are more than wanted.</summary>
    public IReadOnlyList<int>? Rows(string field, string term, int most)
    {
        var cursor = Take();
        var rows = cursor.Find(field, term, most)?.All();
        _cursors.Add(cursor);
        return rows;
    }

    /// <summary>The rows of a term, or of all terms that begin so.</summary>
    private TermRows Find(string field, string text, bool isBeginning)
    {
        if (_kept.Find((field, text, isBeginning)) is { } known) return known;
        var cursor = Take();
        var found = isBeginning ? cursor.FindBeginning(field, text) : cursor.Find(field, text)!;
        _cursors.Add(cursor);
        return _kept.Keep((field, text, isBeginning), found, found.Bytes);
    }

    private TermCursor Take() => _cursors.TryTake(out var cursor) ? cursor : new(_segments);

    private static int[] RowsOf(AtomicReader segment)
    {
        var (values, rows) = (segment.GetNumericDocValues(TermIndex.RowField), new int[segment.MaxDoc]);
        for (var document = 0; document < rows.Length; document++) rows[document] = (int)values.Get(document);
        return rows;
    }
}
