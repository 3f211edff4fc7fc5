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
        var rows = index.Find(field, term, isBeginning: false)
            ?? index.Keep(field, term, isBeginning: false, CollectionsMarshal.AsSpan(Rows(field, term, int.MaxValue)), best.Length);
        rows.Raise(best, points);
    }

    /// <summary>The same of each row that has a term which begins so.</summary>
    public void RaiseBeginning(string field, string beginning, Span<byte> best, byte points)
    {
        var rows = index.Find(field, beginning, isBeginning: true)
            ?? index.Keep(field, beginning, isBeginning: true, RowsBeginning(field, beginning), best.Length);
        rows.Raise(best, points);
    }

    /// <summary>The rows that have a term, in no order; null where there are more than wanted.</summary>
    public List<int>? Rows(string field, string term, int most)
    {
        var (bytes, opened, found) = (new BytesRef(term), Opened(field), new List<int>());
        for (var at = 0; at < segments.Length; at++)
        {
            if (opened[at] is not { } terms || !terms.SeekExact(bytes)) continue;
            var (rows, documents) = (segments[at].Rows, DocumentsOf(at, terms));
            for (var document = documents.NextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = documents.NextDoc())
            {
                if (found.Count == most) return null;
                found.Add(rows[document]);
            }
        }

        return found;
    }

    private int[] RowsBeginning(string field, string beginning)
    {
        var (bytes, opened, found) = (new BytesRef(beginning), Opened(field), new HashSet<int>());
        for (var at = 0; at < segments.Length; at++)
        {
            if (opened[at] is not { } terms) continue;
            var isThere = terms.SeekCeil(bytes) != TermsEnum.SeekStatus.END;
            for (; isThere && StringHelper.StartsWith(terms.Term, bytes); isThere = terms.MoveNext())
            {
                var (rows, documents) = (segments[at].Rows, DocumentsOf(at, terms));
                for (var document = documents.NextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = documents.NextDoc()) found.Add(rows[document]);
            }
        }

        return [.. found];
    }

    private DocsEnum DocumentsOf(int at, TermsEnum terms) => _documents = terms.Docs(segments[at].Reader.LiveDocs, _documents, DocsFlags.NONE);

    private TermsEnum?[] Opened(string field)
    {
        if (!_opened.TryGetValue(field, out var opened))
            _opened[field] = opened = [.. segments.Select(segment => segment.Reader.GetTerms(field)?.GetEnumerator())];
        return opened;
    }
}
