using FlickStream.Portal.Search.Text;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace FlickStream.Portal.Search.Terms;

/// <summary>Looks terms up, one after the other: what it opened for one serves the next ones.</summary>
internal sealed class TermCursor((AtomicReader Reader, int[] Rows)[] segments)
{
    private readonly Dictionary<string, TermsEnum?[]> _opened = new(StringComparer.Ordinal);
    private readonly BytesRef _text = new(4 * Words.Longest);
    private readonly List<int> _found = [];
    private DocsEnum? _documents;

    /// <summary>The rows that have a term.</summary>
    /// <param name="field">See <see cref="Fields"/>.</param>
    /// <param name="term">What.</param>
    /// <param name="most">How many are wanted; null where more have it.</param>
    public TermRows? Find(string field, string term, int most = int.MaxValue)
    {
        var opened = Begin(field, term);
        for (var at = 0; at < segments.Length; at++)
        {
            if (opened[at] is not { } terms || !terms.SeekExact(_text)) continue;
            Read(at, terms, most);
            if (_found.Count > most) return null;
        }

        return TermRows.Of(_found);
    }

    /// <summary>The rows that have terms which begin so.</summary>
    public TermRows FindBeginning(string field, string beginning)
    {
        var opened = Begin(field, beginning);
        for (var at = 0; at < segments.Length; at++)
        {
            if (opened[at] is not { } terms) continue;
            var isThere = terms.SeekCeil(_text) != TermsEnum.SeekStatus.END;
            for (; isThere && StringHelper.StartsWith(terms.Term, _text); isThere = terms.MoveNext()) Read(at, terms, int.MaxValue);
        }

        return TermRows.Of(_found);
    }

    private TermsEnum?[] Begin(string field, string text)
    {
        _text.CopyChars(text);
        _found.Clear();
        if (!_opened.TryGetValue(field, out var opened))
            _opened[field] = opened = [.. segments.Select(segment => segment.Reader.GetTerms(field)?.GetEnumerator())];
        return opened;
    }

    // Up to one more than wanted.
    private void Read(int at, TermsEnum terms, int most)
    {
        var (reader, rows) = segments[at];
        _documents = terms.Docs(reader.LiveDocs, _documents, DocsFlags.NONE);
        for (var document = _documents.NextDoc(); document != DocIdSetIterator.NO_MORE_DOCS && _found.Count <= most; document = _documents.NextDoc()) _found.Add(rows[document]);
    }
}
