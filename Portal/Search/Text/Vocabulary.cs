namespace FlickStream.Portal.Search.Text;

/// <param name="Edits">Letters that were left out, added, changed, or swapped with the next one.</param>
/// <param name="IsWhole">Else only its beginning is so near.</param>
/// <param name="Titles">How many have it.</param>
internal readonly record struct NearWord(string Text, int Edits, bool IsWhole, int Titles);

/// <summary>All words of names, genres and tags at one moment, sorted, by which what was mistyped is found, and how many titles have each. It knows none that no
/// title has any more: which words are the nearest follows from the titles alone, and not from what they were before.</summary>
internal sealed class Vocabulary
{
    public static readonly Vocabulary Empty = new([], []);

    private readonly string[] _words;
    private readonly int[] _titles;

    private Vocabulary(string[] words, int[] titles) => (_words, _titles) = (words, titles);

    public int Count => _words.Length;

    public bool Has(string word) => Array.BinarySearch(_words, word, StringComparer.Ordinal) >= 0;

    public bool HasBeginning(string beginning)
    {
        var at = Array.BinarySearch(_words, beginning, StringComparer.Ordinal);
        return at >= 0 || (~at < _words.Length && _words[~at].StartsWith(beginning, StringComparison.Ordinal));
    }

    /// <param name="moved">Words that more or fewer titles have now, and how many do; 0 of those that none has any more.</param>
    public Vocabulary With(IReadOnlyDictionary<string, int> moved)
    {
        if (moved.Count == 0) return this;
        var (words, titles, at) = (new List<string>(_words.Length + moved.Count), new List<int>(_words.Length + moved.Count), 0);
        foreach (var (word, of) in moved.OrderBy(word => word.Key, StringComparer.Ordinal))
        {
            var found = Array.BinarySearch(_words, at, _words.Length - at, word, StringComparer.Ordinal);
            KeepUntil(found >= 0 ? found : ~found);
            if (found >= 0) at++;
            if (of == 0) continue;
            words.Add(word);
            titles.Add(of);
        }

        KeepUntil(_words.Length);
        return new([.. words], [.. titles]);

        void KeepUntil(int end)
        {
            words.AddRange(_words.AsSpan(at, end - at));
            titles.AddRange(_titles.AsSpan(at, end - at));
            at = end;
        }
    }

    /// <summary>The nearest first, whole words before beginnings, those of most titles before others, then in their order; without the word itself.</summary>
    /// <param name="word">Of at most <see cref="Words.Longest"/>.</param>
    /// <param name="edits">How many are forgiven.</param>
    /// <param name="isBeginning">Whether longer words, of which it may be the beginning, are wanted too.</param>
    /// <param name="most">How many are wanted.</param>
    public IReadOnlyList<NearWord> Near(string word, int edits, bool isBeginning, int most)
    {
        var walk = new NearWalk(_words, _titles, word, edits, isBeginning);
        walk.Run();
        return
        [
            .. walk.Found.OrderBy(near => near.Edits).ThenBy(near => !near.IsWhole).ThenByDescending(near => near.Titles)
                .ThenBy(near => near.Text, StringComparer.Ordinal).Take(most),
        ];
    }
}
