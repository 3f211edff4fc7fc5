using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace FlickStream.Portal.Search.Text;

/// <param name="Text">Folded.</param>
/// <param name="IsGram">Two signs of a script that does not part its words, or one that stands alone; of a text without any word, of its other characters.</param>
/// <param name="IsCapital">Written in capitals alone.</param>
internal readonly record struct Word(string Text, bool IsGram, bool IsCapital = false);

/// <summary>Takes text apart, the same way where it is kept and where it is looked for.</summary>
internal static class Words
{
    /// <summary>UTF-16 units; what is longer is cut, there and here.</summary>
    public const int Longest = 40;

    // Behind an apostrophe: "ocean's" is one word, "l'amour" two.
    private const int LongestEnding = 2;

    // What is shorter without one is rather a word that begins so.
    private const int ShortestBare = 3;

    // From II to XX. One letter alone is rather a letter or a word.
    private static readonly FrozenDictionary<string, string> Numerals =
        "ii 2, iii 3, iv 4, vi 6, vii 7, viii 8, ix 9, xi 11, xii 12, xiii 13, xiv 14, xv 15, xvi 16, xvii 17, xviii 18, xix 19, xx 20"
            .Split(", ").Select(pair => pair.Split(' ')).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static readonly string[] Articles = ["ال", "وال", "بال", "كال", "فال", "لل"];

    public static List<Word> Of(string text)
    {
        var (words, word, signs, isCapital) = (new List<Word>(), new StringBuilder(), new List<string>(), true);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (IsVariation(text, i))
            {
                i += char.IsSurrogate(letter) ? 1 : 0;
                continue;
            }

            if (IsFar(text, i) || IsSign(letter))
            {
                EndWord();
                AddSign(text.AsSpan(i, char.IsSurrogate(letter) ? 2 : 1));
                i += char.IsSurrogate(letter) ? 1 : 0;
                continue;
            }

            if (IsPart(letter))
            {
                EndSigns();
                Folding.Append(word, letter);
                isCapital &= char.IsUpper(letter) || letter is >= 'Ⅰ' and <= 'Ⅻ';
            }
            else if (!Folding.IsDropped(letter) && !(IsApostrophe(letter) && EndingAt(text, i + 1) is > 0 and <= LongestEnding))
            {
                EndWord();
                EndSigns();
            }
        }

        EndWord();
        EndSigns();
        if (words.Count > 0) return words;
        // A name like "$" or "!!!".
        for (var i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
            if (char.IsSymbol(text, i) || char.IsPunctuation(text, i)) AddSign(text.AsSpan(i, char.IsSurrogatePair(text, i) ? 2 : 1));
        EndSigns();
        return words;

        void EndWord()
        {
            if (word.Length > 0) words.Add(new(word.ToString(0, Math.Min(word.Length, Longest)), IsGram: false, isCapital));
            word.Clear();
            isCapital = true;
        }

        void AddSign(ReadOnlySpan<char> sign)
        {
            var folded = new StringBuilder(signs is [.., var last] ? last : "");
            var before = folded.Length;
            if (sign is [var one]) Folding.Append(folded, one);
            else folded.Append(sign);
            // What voices the sign before it is none of its own.
            if (folded.Length > before) signs.Add(folded.ToString(before, folded.Length - before));
            else if (before > 0) signs[^1] = folded.ToString();
        }

        void EndSigns()
        {
            if (signs is [var alone]) words.Add(new(alone, IsGram: true));
            for (var i = 1; i < signs.Count; i++) words.Add(new(signs[i - 1] + signs[i], IsGram: true));
            signs.Clear();
        }
    }

    /// <summary>Whether a word that was made here is one of signs.</summary>
    public static bool IsGram(string word) => IsSign(word[0]) || !IsPart(word[0]);

    /// <summary>An Arabic word without "the", with which it is written as one, and what else is written before it as one: "and", "in", "as", "so", "for";
    /// null where it has none.</summary>
    public static string? WithoutArticle(string word)
    {
        foreach (var article in Articles)
            if (word.Length >= article.Length + ShortestBare && word.StartsWith(article, StringComparison.Ordinal)) return word[article.Length..];
        return null;
    }

    /// <summary>The word, and where it has an Arabic article the word without it.</summary>
    public static IReadOnlyList<string> FormsOf(string word) => WithoutArticle(word) is { } bare ? [word, bare] : [word];

    /// <summary>The digits of a Roman numeral from II to XX, but for V and X; null of what is none.</summary>
    /// <param name="word">Folded.</param>
    public static string? NumberOf(string word) => Numerals.GetValueOrDefault(word);

    private static int EndingAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && IsPart(text[end])) end++;
        return end - start;
    }

    private static bool IsApostrophe(char letter) => letter is '\'' or '’' or 'ʼ' or '׳';

    private static bool IsPart(char letter) =>
        char.IsLetterOrDigit(letter) || letter is (>= 'Ⅰ' and <= 'Ⅻ') or (>= 'ⅰ' and <= 'ⅻ') or '¹' or '²' or '³' || (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    // In which of its forms the sign before it is drawn (Unicode 15, 23.4).
    private static bool IsVariation(string text, int at) => text[at] is >= '\uFE00' and <= '\uFE0F'
        || (text[at] == '\uDB40' && at + 1 < text.Length && text[at + 1] is >= '\uDD00' and <= '\uDDEF');

    // Letters beyond the first plane are signs: nearly all are Chinese.
    private static bool IsFar(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune) && rune.Value > char.MaxValue && Rune.IsLetter(rune);

    /// <summary>Chinese, kana, Thai, Lao, Burmese and Khmer; Korean has spaces.</summary>
    private static bool IsSign(char letter) => letter is
        (>= '\u3005' and <= '\u3007') or (>= '\u3041' and <= '\u309F') or (>= '\u30A1' and <= '\u30FA') or (>= '\u30FC' and <= '\u30FF') or (>= '\u31F0' and <= '\u31FF') or (>= '\u3400' and <= '\u9FFF')
        or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFF9F')
        or (>= '\u0E01' and <= '\u0E4E') or (>= '\u0E81' and <= '\u0ECD') or (>= '\u1000' and <= '\u103F') or (>= '\u1780' and <= '\u17D3');
}
