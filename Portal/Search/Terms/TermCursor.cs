using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace FlickStream.Portal.Search.Terms;

/// <summary>Looks terms up, one after the other: what it opened for one serves the next ones.</summary>
internal sealed class TermCursor((AtomicReader Reader, int[] Rows)[] segments)
{
    private readonly Dictionary<string, TermsEnum?[]> _opened = new(StringComparer.Ordinal);
    private DocsEnum? _documents;

    /// <summary>The rows that have a term, in no order; null where there are more than wanted.</summary>
    public List<int>? Rows(string field, string term, int most)
    {
        var (bytes, opened, found) = (new BytesRef(term), Opened(field), new List<int>());
        for (var at = 0; at < segments.Length; at++)
        {
            if (opened[at] is not { } terms || !terms.SeekExact(bytes)) continue;
            Read(at, terms, found, most);
            if (found.Count > most) return null;
        }

        return found;
    }

    /// <summary>The rows that have terms which begin so; those that have several may be there several times.</summary>
    public List<int> RowsOfBeginning(string field, string beginning)
    {
        var (bytes, opened, found) = (new BytesRef(beginning), Opened(field), new List<int>());
        for (var at = 0; at < segments.Length; at++)
        {
            if (opened[at] is not { } terms) continue;
            var isThere = terms.SeekCeil(bytes) != TermsEnum.SeekStatus.END;
            for (; isThere && StringHelper.StartsWith(terms.Term, bytes); isThere = terms.MoveNext()) Read(at, terms, found, int.MaxValue);
        }

        return found;
    }

    // Up to one more than wanted.
    private void Read(int at, TermsEnum terms, List<int> found, int most)
    {
        var (reader, rows) = segments[at];
        _documents = terms.Docs(reader.LiveDocs, _documents, DocsFlags.NONE);
        for (var document = _documents.NextDoc(); document != DocIdSetIterator.NO_MORE_DOCS && found.Count <= most; document = _documents.NextDoc()) found.Add(rows[document]);
    }

    private TermsEnum?[] Opened(string field)
    {
        if (!_opened.TryGetValue(field, out var opened))
            _opened[field] = opened = [.. segments.Select(segment => segment.Reader.GetTerms(field)?.GetEnumerator())];
        return opened;
    }
}
