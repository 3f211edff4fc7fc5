using System.Collections.Frozen;

namespace FlickStream.Portal.Reviews.Words;

/// <summary>Finds words and phrases in a text: whole ones, but in scripts that are written without spaces (Han, Kana, Thai, Lao, Khmer, Burmese)
/// anywhere.</summary>
internal sealed class WordList
{
    private readonly FrozenSet<string> _words;
    private readonly string[] _unspaced;
    private readonly int _longest;

    private WordList(FrozenSet<string> words, string[] unspaced, int longest) => (_words, _unspaced, _longest) = (words, unspaced, longest);

    public static WordList Of(IEnumerable<string> words)
    {
        var all = words.Select(word => FoldedText.Words(word, isLeet: false)).Where(parts => parts.Count > 0).ToList();
        var (unspaced, spaced) = (all.Where(parts => parts.Any(IsUnspaced)).ToList(), all.Where(parts => !parts.Any(IsUnspaced)).ToList());
        return new(
            spaced.Select(parts => string.Join(' ', parts)).ToFrozenSet(StringComparer.Ordinal), [.. unspaced.Select(parts => string.Concat(parts)).Distinct()],
            spaced.Select(parts => parts.Count).DefaultIfEmpty(0).Max());
    }

    public bool Has(string text) => Has(FoldedText.Words(text, isLeet: false)) || Has(FoldedText.Words(text, isLeet: true));

    private bool Has(IReadOnlyList<string> said)
    {
        for (var at = 0; at < said.Count; at++)
        {
            var phrase = said[at];
            for (var count = 1; count <= _longest; count++)
            {
                if (_words.Contains(phrase)) return true;
                if (at + count >= said.Count) break;
                phrase = $"{phrase} {said[at + count]}";
            }
        }

        return _unspaced.Length > 0 && string.Concat(said) is var whole && _unspaced.Any(word => whole.Contains(word, StringComparison.Ordinal));
    }

    private static bool IsUnspaced(string word) => word.Any(letter => letter is
        (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF') or (>= '\u3040' and <= '\u30FF')
        or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF'));
}
