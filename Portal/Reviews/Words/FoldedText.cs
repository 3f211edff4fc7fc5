using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace FlickStream.Portal.Reviews.Words;

/// <summary>Text as the word list compares it: small letters without accents; in the second reading digits and signs stand for the letters that they
/// look like. Nothing else is guessed: <c>s.h.o.w</c> is four words.</summary>
internal static class FoldedText
{
    private const string Looks = "0o1i3e4a5s7t8b@a$s!i|i+t";

    // .NET without ICU takes no accents off; these are Unicode's decompositions of Latin, Greek and Cyrillic letters, the plain one first.
    private const string Letters =
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ bḃḅḇ cçćĉċčḉ dďḋḍḏḑḓđ eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ fḟ gĝğġģǧǵḡ hĥȟḣḥḧḩḫẖħ iìíîïĩīĭįıǐȉȋḭḯỉị jĵǰ kķǩḱḳḵ lĺļľłḷḹḻḽ mḿṁṃ "
        + "nñńņňǹṅṇṉṋ oòóôõöøōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ pṕṗ rŕŗřȑȓṙṛṝṟ sśŝşšșſṡṣṥṧṩẛ tţťțŧṫṭṯṱẗ uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự vṽṿ wŵẁẃẅẇẉẘ xẋẍ "
        + "yýÿŷȳẏẙỳỵỷỹ zźżžẑẓẕ αά εέ ηή ιΐίϊ οό υΰϋύ ωώ σς иѝѐйӣӥ еѐёӗ гѓ кќ уўӯӱӳ жӂӝ аӑӓ зӟ оӧ эӭ чӵ ыӹ";

    private static readonly FrozenDictionary<char, char> Plain = Letters.Split(' ')
        .SelectMany(group => group.Skip(1).Select(letter => (letter, Plain: group[0]))).DistinctBy(pair => pair.letter)
        .ToFrozenDictionary(pair => pair.letter, pair => pair.Plain);

    private static readonly FrozenDictionary<char, char> Leet =
        Looks.Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>Its words in order.</summary>
    /// <param name="text">Any.</param>
    /// <param name="isLeet">Whether digits and signs are letters.</param>
    public static IReadOnlyList<string> Words(string text, bool isLeet)
    {
        var (words, word) = (new List<string>(), new StringBuilder());
        foreach (var rune in text.ToLowerInvariant().EnumerateRunes())
        {
            // Marks on letters, and what is not seen at all, do not part words.
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) continue;
            if (Fold(rune, isLeet) is { } folded) word.Append(folded);
            else End();
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }

    private static string? Fold(Rune rune, bool isLeet)
    {
        if (rune.IsBmp && (char)rune.Value is var one)
        {
            if (isLeet && Leet.TryGetValue(one, out var letter)) return letter.ToString();
            if (Plain.TryGetValue(one, out var plain)) return plain.ToString();
            if (one is 'ß') return "ss";
            if (one is 'æ') return "ae";
            if (one is 'œ') return "oe";
            if (one is >= 'ａ' and <= 'ｚ') return ((char)(one - 'ａ' + 'a')).ToString();
        }

        return Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark ? rune.ToString() : null;
    }
}
