using System.Collections.Frozen;
using System.Globalization;

namespace FlickStream.Platform.Languages;

/// <summary>Languages as players want them (BCP 47, the shortest tag) and as viewers read them. A table of our own, because the process runs
/// without ICU's data (InvariantGlobalization).</summary>
public static class LanguageTags
{
    // Tag, other codes of the same language (ISO 639-2/T, 639-2/B, and what older standards called it), English name.
    private const string Table =
        """
        aa aar Afar, ab abk Abkhazian, ae ave Avestan, af afr Afrikaans, ak aka Akan, am amh Amharic, an arg Aragonese, ar ara Arabic,
        as asm Assamese, av ava Avaric, ay aym Aymara, az aze Azerbaijani, ba bak Bashkir, be bel Belarusian, bg bul Bulgarian,
        bh bih Bhojpuri, bi bis Bislama, bm bam Bambara, bn ben Bengali, bo bod/tib Tibetan, br bre Breton, bs bos Bosnian,
        ca cat Catalan, ce che Chechen, ch cha Chamorro, co cos Corsican, cr cre Cree, cs ces/cze Czech, cu chu Church Slavic,
        cv chv Chuvash, cy cym/wel Welsh, da dan Danish, de deu/ger German, dv div Divehi, dz dzo Dzongkha, ee ewe Ewe,
        el ell/gre Greek, en eng English, eo epo Esperanto, es spa Spanish, et est Estonian, eu eus/baq Basque, fa fas/per Persian,
        ff ful Fula, fi fin Finnish, fj fij Fijian, fo fao Faroese, fr fra/fre French, fy fry Western Frisian, ga gle Irish,
        gd gla Scottish Gaelic, gl glg Galician, gn grn Guarani, gu guj Gujarati, gv glv Manx, ha hau Hausa, he heb/iw Hebrew,
        hi hin Hindi, ho hmo Hiri Motu, hr hrv/scr Croatian, ht hat Haitian Creole, hu hun Hungarian, hy hye/arm Armenian,
        hz her Herero, ia ina Interlingua, id ind/in Indonesian, ie ile Interlingue, ig ibo Igbo, ii iii Sichuan Yi, ik ipk Inupiaq,
        io ido Ido, is isl/ice Icelandic, it ita Italian, iu iku Inuktitut, ja jpn Japanese, jv jav/jw Javanese, ka kat/geo Georgian,
        kg kon Kongo, ki kik Kikuyu, kj kua Kuanyama, kk kaz Kazakh, kl kal Kalaallisut, km khm Khmer, kn kan Kannada, ko kor Korean,
        kr kau Kanuri, ks kas Kashmiri, ku kur Kurdish, kv kom Komi, kw cor Cornish, ky kir Kyrgyz, la lat Latin, lb ltz Luxembourgish,
        lg lug Ganda, li lim Limburgish, ln lin Lingala, lo lao Lao, lt lit Lithuanian, lu lub Luba-Katanga, lv lav Latvian,
        mg mlg Malagasy, mh mah Marshallese, mi mri/mao Māori, mk mkd/mac Macedonian, ml mal Malayalam, mn mon Mongolian,
        mr mar Marathi, ms msa/may Malay, mt mlt Maltese, my mya/bur Burmese, na nau Nauru, nb nob Norwegian Bokmål,
        nd nde North Ndebele, ne nep Nepali, ng ndo Ndonga, nl nld/dut Dutch, nn nno Norwegian Nynorsk, no nor Norwegian,
        nr nbl South Ndebele, nv nav Navajo, ny nya Nyanja, oc oci Occitan, oj oji Ojibwa, om orm Oromo, or ori Odia, os oss Ossetic,
        pa pan Punjabi, pi pli Pali, pl pol Polish, ps pus Pashto, pt por Portuguese, qu que Quechua, rm roh Romansh, rn run Rundi,
        ro ron/rum/mo/mol Romanian, ru rus Russian, rw kin Kinyarwanda, sa san Sanskrit, sc srd Sardinian, sd snd Sindhi,
        se sme Northern Sami, sg sag Sango, si sin Sinhala, sk slk/slo Slovak, sl slv Slovenian, sm smo Samoan, sn sna Shona,
        so som Somali, sq sqi/alb Albanian, sr srp/scc Serbian, ss ssw Swati, st sot Southern Sotho, su sun Sundanese, sv swe Swedish,
        sw swa Swahili, ta tam Tamil, te tel Telugu, tg tgk Tajik, th tha Thai, ti tir Tigrinya, tk tuk Turkmen, tl tgl Tagalog,
        tn tsn Tswana, to ton Tongan, tr tur Turkish, ts tso Tsonga, tt tat Tatar, tw twi Twi, ty tah Tahitian, ug uig Uyghur,
        uk ukr Ukrainian, ur urd Urdu, uz uzb Uzbek, ve ven Venda, vi vie Vietnamese, vo vol Volapük, wa wln Walloon, wo wol Wolof,
        xh xho Xhosa, yi yid/ji Yiddish, yo yor Yoruba, za zha Zhuang, zh zho/chi Chinese, zu zul Zulu, fil fil Filipino,
        yue yue Cantonese, cmn cmn Mandarin Chinese, gsw gsw Swiss German, haw haw Hawaiian, nds nds Low German, ast ast Asturian,
        mul mul Several languages, zxx zxx No speech
        """;

    private static readonly FrozenDictionary<string, (string Tag, string Name)> ByCode = Read();

    /// <summary>BCP 47 with the shortest language subtag, such as <c>fr</c> for <c>fre</c> or <c>pt-BR</c> for <c>por_br</c>. Null for
    /// <c>und</c> and what cannot be a tag; three letters that no table knows stay.</summary>
    public static string? Shortest(string? language)
    {
        if (language is null) return null;
        var parts = language.Trim().Split('-', '_');
        if (parts[0].Length is not (2 or 3) || parts.Length > 5) return null;
        if (parts.Any(part => part.Length is 0 or > 8 || !part.All(char.IsAsciiLetterOrDigit)) || !parts[0].All(char.IsAsciiLetter)) return null;
        var first = parts[0].ToLowerInvariant();
        if (first == "und") return null;
        return string.Join('-', parts.Skip(1).Select(Cased).Prepend(ByCode.TryGetValue(first, out var known) ? known.Tag : first));
    }

    /// <summary>The language of a tag without script, region and variant: <c>pt</c> of <c>pt-BR</c>.</summary>
    public static string LanguageOf(string tag) => tag.IndexOf('-', StringComparison.Ordinal) is > 0 and var cut ? tag[..cut] : tag;

    /// <summary>English, with what a tag says beyond the language in brackets: <c>Portuguese (BR)</c>. Null for a language that the table
    /// does not know.</summary>
    public static string? NameOf(string tag)
    {
        var language = LanguageOf(tag);
        if (!ByCode.TryGetValue(language, out var known)) return null;
        return language == tag ? known.Name : string.Create(CultureInfo.InvariantCulture, $"{known.Name} ({tag[(language.Length + 1)..]})");
    }

    // As RFC 5646 2.1.1 recommends: regions upper case, scripts with a capital.
    private static string Cased(string part) => part.Length switch
    {
        2 => part.ToUpperInvariant(),
        4 when char.IsAsciiLetter(part[0]) => char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant(),
        _ => part.ToLowerInvariant(),
    };

    private static FrozenDictionary<string, (string Tag, string Name)> Read()
    {
        var languages = new Dictionary<string, (string Tag, string Name)>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in Table.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cells = row.Split(' ', 3);
            foreach (var code in cells[1].Split('/').Prepend(cells[0])) languages[code] = (cells[0], cells[2]);
        }

        return languages.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
