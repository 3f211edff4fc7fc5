namespace FlickStream.Portal.Search.Text;

/// <param name="Edits">Letters that were left out, added, changed, or swapped with the next one.</param>
/// <param name="IsWhole">Else only its beginning is so near.</param>
internal readonly record struct NearWord(string Text, int Edits, bool IsWhole);

/// <summary>All words of names at one moment, sorted, by which what was mistyped is found. It knows none that no title has any more: which words
/// are the nearest follows from the titles alone, and not from what they were before.</summary>
internal sealed class Vocabulary
{
    public static readonly Vocabulary Empty = new([]);

    private readonly string[] _words;

    private Vocabulary(string[] words) => _words = words;

    public int Count => _words.Length;

    public bool Has(string word) => Array.BinarySearch(_words, word, StringComparer.Ordinal) >= 0;

    public bool HasBeginning(string beginning)
    {
        var at = Array.BinarySearch(_words, beginning, StringComparer.Ordinal);
        return at >= 0 || (~at < _words.Length && _words[~at].StartsWith(beginning, StringComparison.Ordinal));
    }

    /// <param name="come">Words that are new here.</param>
    /// <param name="gone">Words that are here.</param>
    public Vocabulary With(IReadOnlyCollection<string> come, IReadOnlySet<string> gone)
    {
        if (come.Count == 0 && gone.Count == 0) return this;
        var added = come.Order(StringComparer.Ordinal).ToArray();
        var words = new List<string>(_words.Length + added.Length);
        var next = 0;
        foreach (var word in _words)
        {
            for (; next < added.Length && string.CompareOrdinal(added[next], word) < 0; next++) words.Add(added[next]);
            if (!gone.Contains(word)) words.Add(word);
        }

        words.AddRange(added.AsSpan(next));
        return new([.. words]);
    }

    /// <summary>The nearest first, whole words before beginnings, then in their order; without the word itself.</summary>
    /// <param name="word">Of at most <see cref="Words.Longest"/>.</param>
    /// <param name="edits">How many are forgiven.</param>
    /// <param name="isBeginning">Whether longer words, of which it may be the beginning, are wanted too.</param>
    /// <param name="most">How many are wanted.</param>
    public IReadOnlyList<NearWord> Near(string word, int edits, bool isBeginning, int most)
    {
        var walk = new NearWalk(_words, word, edits, isBeginning);
        walk.Run();
        return
        [
            .. walk.Found.OrderBy(near => near.Edits).ThenBy(near => !near.IsWhole).ThenBy(near => near.Text, StringComparer.Ordinal).Take(most),
        ];
    }
}
