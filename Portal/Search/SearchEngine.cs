using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Search.Terms;
using FlickStream.Portal.Search.Text;

namespace FlickStream.Portal.Search;

/// <summary>Keeps what is searched, by row of the catalog's snapshots, and publishes states of it.</summary>
internal sealed class SearchEngine : IDisposable
{
    private static readonly HashSet<string> NoWords = [];

    private readonly TermIndex _index = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<int, IReadOnlySet<string>> _wordsOf = [];
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
        lock (_lock) Count(row, NoWords, 0);
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
            _words = _words.With(_moved.ToDictionary(word => word, word => _uses.GetValueOrDefault(word), StringComparer.Ordinal));
            _moved.Clear();
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

    private void Count(int row, IReadOnlySet<string> words, ushort lengths)
    {
        // What a title keeps of its words, as nearly all are at an edit, moves nothing.
        var before = _wordsOf.GetValueOrDefault(row) ?? NoWords;
        foreach (var word in before.Where(word => !words.Contains(word)))
        {
            if (--_uses[word] == 0) _uses.Remove(word);
            _moved.Add(word);
        }

        foreach (var word in words.Where(word => !before.Contains(word)))
        {
            _uses[word] = _uses.GetValueOrDefault(word) + 1;
            _moved.Add(word);
        }

        if (words.Count > 0) _wordsOf[row] = words;
        else _wordsOf.Remove(row);
        _newLengths[row] = lengths;
    }
}
