using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace FlickStream.Portal.Search.Terms;

/// <summary>A <see cref="TermIndex"/> at one moment. Any thread may read.</summary>
internal sealed class TermReader : IDisposable
{
    private readonly DirectoryReader _reader;

    public TermReader(DirectoryReader reader)
    {
        reader.IncRef();
        _reader = reader;
    }

    /// <summary>Keeps it until it is disposed of once more; false where it is gone already.</summary>
    public bool TryKeep() => _reader.TryIncRef();

    public void Dispose() => _reader.DecRef();

    /// <summary>Each row that has a term, once, in no order.</summary>
    /// <param name="field">Where.</param>
    /// <param name="term">What.</param>
    /// <param name="visit">False ends it.</param>
    public void Visit(string field, string term, Func<int, bool> visit)
    {
        var bytes = new BytesRef(term);
        DocsEnum? reuse = null;
        foreach (var leaf in _reader.Leaves)
        {
            if (leaf.AtomicReader.GetTerms(field)?.GetEnumerator() is not { } terms || !terms.SeekExact(bytes)) continue;
            if (!Visit(leaf.AtomicReader, terms, visit, ref reuse)) return;
        }
    }

    /// <summary>Each row that has a term which begins so, as often as it has some.</summary>
    public void VisitBeginning(string field, string beginning, Action<int> visit)
    {
        var bytes = new BytesRef(beginning);
        DocsEnum? reuse = null;
        foreach (var leaf in _reader.Leaves)
        {
            if (leaf.AtomicReader.GetTerms(field)?.GetEnumerator() is not { } terms) continue;
            for (var seek = terms.SeekCeil(bytes); seek != TermsEnum.SeekStatus.END && StringHelper.StartsWith(terms.Term, bytes);)
            {
                Visit(leaf.AtomicReader, terms, row => { visit(row); return true; }, ref reuse);
                if (!terms.MoveNext()) break;
            }
        }
    }

    private static bool Visit(AtomicReader segment, TermsEnum terms, Func<int, bool> visit, ref DocsEnum? reuse)
    {
        reuse = terms.Docs(segment.LiveDocs, reuse, DocsFlags.NONE);
        var rows = segment.GetNumericDocValues(TermIndex.RowField);
        for (var document = reuse.NextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = reuse.NextDoc())
            if (!visit((int)rows.Get(document))) return false;
        return true;
    }
}
