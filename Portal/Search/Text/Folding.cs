using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace FlickStream.Portal.Search.Text;

/// <summary>Letters as they are compared: without case, accents, vowel points and the forms that one letter has. A table of our own, because the
/// process runs without ICU's data, where normalizing does nothing.</summary>
internal static class Folding
{
    private const char KatakanaFirst = '\u30A1';
    private const char KatakanaLast = '\u30F6';
    private const int KatakanaToHiragana = 0x60;
    private const char WideFirst = '\uFF01';
    private const char WideLast = '\uFF5E';
    private const int WideToAscii = 0xFEE0;

    // What a letter becomes, and the letters that do.
    private const string Table =
        """
        a àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ, ae æǣǽ, b ḃḅḇ, c çćĉċčḉ, d ďḋḍḏḑḓđð, dz ǆǳ, e èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ, f ḟƒ, ff ﬀ, ffi ﬃ, ffl ﬄ, fi ﬁ, fl ﬂ, g ĝğġģǧǵḡ,
        h ĥȟḣḥḧḩḫẖħ, i ìíîïĩīĭįǐȉȋḭḯỉịıİ, ij ĳ, j ĵǰ, k ķǩḱḳḵĸ, l ĺļľḷḹḻḽł, lj ǉ, m ḿṁṃ, n ñńņňǹṅṇṉṋŋ, nj ǌ,
        o òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿ, oe œ, p ṕṗ, r ŕŗřȑȓṙṛṝṟ, s śŝşšșṡṣṥṧṩẛſ, ss ß, st ﬅﬆ, t ţťțṫṭṯṱẗŧ, th þ,
        u ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự, v ṽṿ, w ŵẁẃẅẇẉẘ, x ẋẍ, y ýÿŷȳẏẙỳỵỷỹ, z źżžẑẓẕ, α άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ, β ϐ,
        ε έϵἐἑἒἓἔἕὲέ, η ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ, θ ϑ, ι ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ, κ ϰ, ο όὀὁὂὃὄὅὸό, π ϖ, ρ ϱῤῥ, σ ϲς,
        υ ΰϋύϒϓϔὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ, φ ϕ, ω ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ, а ӑӓ, г ѓ, е ѐёӗ, ж ӂӝ, з ӟ, и йѝӣӥ, к ќ, о ӧ, у ўӯӱӳ, ч ӵ, ы ӹ,
        э ӭ, і ї, ѵ ѷ, ә ӛ, ө ӫ, ا أإآٱ, ك ک, ه ة, و ؤ, ي ىیئ, ぁ ｧ, あ ｱ, ぃ ｨ, い ｲ, ぅ ｩ, う ｳ, ぇ ｪ, え ｴ, ぉ ｫ, お ｵ, か ｶ, き ｷ, く ｸ, け ｹ,
        こ ｺ, さ ｻ, し ｼ, す ｽ, せ ｾ, そ ｿ, た ﾀ, ち ﾁ, っ ｯ, つ ﾂ, て ﾃ, と ﾄ, な ﾅ, に ﾆ, ぬ ﾇ, ね ﾈ, の ﾉ, は ﾊ, ひ ﾋ, ふ ﾌ, へ ﾍ, ほ ﾎ, ま ﾏ, み ﾐ, む ﾑ,
        め ﾒ, も ﾓ, ゃ ｬ, や ﾔ, ゅ ｭ, ゆ ﾕ, ょ ｮ, よ ﾖ, ら ﾗ, り ﾘ, る ﾙ, れ ﾚ, ろ ﾛ, わ ﾜ, を ｦ, ん ﾝ, ー ｰ,
        i ⅰ, ii ⅱ, iii ⅲ, iv ⅳ, v ⅴ, vi ⅵ, vii ⅶ, viii ⅷ, ix ⅸ, x ⅹ, xi ⅺ, xii ⅻ, 1 ¹, 2 ², 3 ³
        """;

    private static readonly FrozenDictionary<char, string> Plain = Table.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(row => row.Split(' ')).SelectMany(cells => cells[1].Select(letter => KeyValuePair.Create(letter, cells[0]))).ToFrozenDictionary();

    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text) Append(folded, letter);
        return folded.ToString();
    }

    /// <summary>Adds what a letter, digit or mark is compared as; nothing for marks.</summary>
    public static void Append(StringBuilder to, char letter)
    {
        letter = char.ToLowerInvariant(letter is >= WideFirst and <= WideLast ? (char)(letter - WideToAscii) : letter);
        if (VoicingOf(letter) is var voicing and > 0)
        {
            // Half-width and taken-apart kana: the voiced letter follows the unvoiced one.
            if (to.Length > 0 && to[^1] is >= 'か' and <= 'ほ') to[^1] += (char)voicing;
        }
        else if (Plain.TryGetValue(letter, out var plain)) to.Append(plain);
        else if (letter is >= KatakanaFirst and <= KatakanaLast) to.Append((char)(letter - KatakanaToHiragana));
        else if (char.GetUnicodeCategory(letter) == UnicodeCategory.DecimalDigitNumber) to.Append((char)('0' + (int)char.GetNumericValue(letter)));
        else if (!IsDropped(letter)) to.Append(letter);
    }

    /// <summary>Accents and vowel points of alphabets. The vowels of Indian scripts and Thai are marks too, but tell words apart.</summary>
    public static bool IsDropped(char letter) => letter == 'ـ' || CharUnicodeInfo.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.Format => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => letter is < '\u0900' or (>= '\u1AB0' and <= '\u20FF') or >= '\uFE20',
        _ => false,
    };

    private static int VoicingOf(char letter) => letter switch { '\u3099' or '\uFF9E' => 1, '\u309A' or '\uFF9F' => 2, _ => 0 };
}
