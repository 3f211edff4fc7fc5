using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Search.Terms;
using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Search;

/// <summary>Keeps what is searched, by row of the catalog's snapshots, and publishes states of it.</summary>
internal sealed class SearchEngine : IDisposable
{
    private readonly TermIndex _index = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<int, IReadOnlyCollection<string>> _wordsOf = [];
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _moved = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ushort> _newLengths = [];
    private Vocabulary _words = Vocabulary.Empty;
    private ushort[] _lengths = [];

    /// <summary>Of the index, without what is kept beside it.</summary>
    public long IndexBytes => _index.Bytes;

    /// <summary>In place of what the row had. By any thread.</summary>
    public void Put(int row, TitleTerms terms)
    {
        _index.Put(row, terms.ByField);
        lock (_lock) Count(row, terms.Words, terms.Lengths);
    }

    public void Remove(int row)
    {
        _index.Remove(row);
        lock (_lock) Count(row, [], 0);
    }

    /// <summary>After much was put.</summary>
    public void Compact() => _index.Compact();

    /// <summary>All that was put until now. By one thread at a time; to be disposed of.</summary>
    /// <param name="snapshot">Whose rows they are.</param>
    /// <param name="before">What was published last.</param>
    public SearchState Publish(CatalogSnapshot snapshot, SearchState? before = null)
    {
        lock (_lock)
        {
            var (come, gone) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
            foreach (var word in _moved)
            {
                var (isUsed, isKnown) = (_uses.ContainsKey(word), _words.Has(word));
                if (isUsed && !isKnown) come.Add(word);
                if (!isUsed && isKnown) gone.Add(word);
            }

            _moved.Clear();
            _words = _words.With(come, gone);
            if (_newLengths.Count > 0)
            {
                var lengths = new ushort[snapshot.Rows];
                _lengths.CopyTo(lengths, 0);
                foreach (var (row, length) in _newLengths) lengths[row] = length;
                _newLengths.Clear();
                _lengths = lengths;
            }

            return new SearchState(snapshot, _index.Read(), _words, _lengths, before);
        }
    }

    public void Dispose() => _index.Dispose();

    private void Count(int row, IReadOnlyCollection<string> words, ushort lengths)
    {
        foreach (var word in _wordsOf.GetValueOrDefault(row) ?? [])
        {
            if (--_uses[word] > 0) continue;
            _uses.Remove(word);
            _moved.Add(word);
        }

        foreach (var word in words)
        {
            var uses = _uses.GetValueOrDefault(word);
            _uses[word] = uses + 1;
            if (uses == 0) _moved.Add(word);
        }

        if (words.Count > 0) _wordsOf[row] = words;
        else _wordsOf.Remove(row);
        _newLengths[row] = lengths;
    }
}
