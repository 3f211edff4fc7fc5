using System.Numerics;
using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace FlickStream.Portal.Search.Terms;

/// <summary>Looks terms up, for one request: what it opened for one term serves the next ones.</summary>
internal sealed class TermCursor(TermReader index, (AtomicReader Reader, int[] Rows)[] segments)
{
    private readonly Dictionary<string, TermsEnum?[]> _opened = new(StringComparer.Ordinal);
    private DocsEnum? _documents;

    /// <summary>Raises what is below so many points, of each row that has a term.</summary>
    /// <param name="field">See <see cref="Fields"/>.</param>
    /// <param name="term">What.</param>
    /// <param name="best">By row, with room for whole vectors.</param>
    /// <param name="points">How far.</param>
    public void Raise(string field, string term, Span<byte> best, byte points)
    {
        if (index.FindRows(field, term) is { } kept)
        {
            RaiseAll(kept, best, points);
            return;
        }

        var (bytes, opened, having) = (new BytesRef(term), Opened(field), 0);
        for (var at = 0; at < segments.Length; at++)
        {
            if (opened[at] is not { } terms || !terms.SeekExact(bytes)) continue;
            having += terms.DocFreq;
            Raise(at, terms, best, points);
        }

        if (index.MayKeep(having, best.Length)) index.KeepRows(field, term, RowsWith(bytes, opened, best.Length));
    }

    /// <summary>The same of each row that has a term which begins so.</summary>
    public void RaiseBeginning(string field, string beginning, Span<byte> best, byte points)
    {
        var bytes = new BytesRef(beginning);
        var opened = Opened(field);
        for (var at = 0; at < segments.Length; at++)
        {
            if (opened[at] is not { } terms) continue;
            var isThere = terms.SeekCeil(bytes) != TermsEnum.SeekStatus.END;
            for (; isThere && StringHelper.StartsWith(terms.Term, bytes); isThere = terms.MoveNext()) Raise(at, terms, best, points);
        }
    }

    /// <summary>The rows that have a term, in no order; null where there are more than wanted.</summary>
    public List<int>? Rows(string field, string term, int most)
    {
        var (bytes, opened, found) = (new BytesRef(term), Opened(field), new List<int>());
        for (var at = 0; at < segments.Length; at++)
        {
            if (opened[at] is not { } terms || !terms.SeekExact(bytes)) continue;
            _documents = terms.Docs(segments[at].Reader.LiveDocs, _documents, DocsFlags.NONE);
            for (var document = _documents.NextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = _documents.NextDoc())
            {
                if (found.Count == most) return null;
                found.Add(segments[at].Rows[document]);
            }
        }

        return found;
    }

    private static void RaiseAll(byte[] kept, Span<byte> best, byte points)
    {
        var rows = MemoryMarshal.Cast<byte, Vector<byte>>(kept.AsSpan());
        var raised = MemoryMarshal.Cast<byte, Vector<byte>>(best);
        var wanted = new Vector<byte>(points);
        for (var i = 0; i < rows.Length; i++) raised[i] = Vector.Max(raised[i], rows[i] & wanted);
    }

    private byte[] RowsWith(BytesRef term, TermsEnum?[] opened, int room)
    {
        var rows = new byte[room];
        for (var at = 0; at < segments.Length; at++)
            if (opened[at] is { } terms && terms.SeekExact(term)) Raise(at, terms, rows, byte.MaxValue);
        return rows;
    }

    private void Raise(int at, TermsEnum terms, Span<byte> best, byte points)
    {
        var (reader, rows) = segments[at];
        _documents = terms.Docs(reader.LiveDocs, _documents, DocsFlags.NONE);
        for (var document = _documents.NextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = _documents.NextDoc())
        {
            ref var known = ref best[rows[document]];
            if (known < points) known = points;
        }
    }

    private TermsEnum?[] Opened(string field)
    {
        if (!_opened.TryGetValue(field, out var opened))
            _opened[field] = opened = [.. segments.Select(segment => segment.Reader.GetTerms(field)?.GetEnumerator())];
        return opened;
    }
}
