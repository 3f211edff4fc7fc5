using FlickStream.Ingest.Assets;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Texts;

internal static class TextProblems
{
    public static readonly Problem NotFound = new("text_not_found", 404, "There is no such text.");

    public static readonly Problem LanguageInvalid =
        new("text_language_invalid", 400, "Say the language by its code (BCP 47 or ISO 639), not by its name: language=en, language=pt-BR, language=eng.");

    public static readonly Problem RoleInvalid = new("text_role_invalid", 400, "Say role=subtitles, role=sdh or role=forced, or leave it out.");

    public static readonly Problem LabelInvalid = new("text_label_invalid", 400, "A label has at most 100 characters and no control characters.");

    public static readonly Problem OffsetInvalid =
        new("text_offset_invalid", 400, "Say the seconds that are added to all times, at most 24 hours: offset=-3600, offset=0.5.");

    public static readonly Problem TooLarge = new("text_file_too_large", 413, "The file is larger than 8 MiB. Subtitles of a film have a tenth of one.");

    public static readonly Problem EncodingUnknown =
        new("text_encoding_unknown", 422, "The file's characters cannot be told. Save it as UTF-8.");

    public static readonly Problem FormatUnknown =
        new("text_format_unknown", 422, "The file is not SubRip, WebVTT, ASS, SSA or TTML. Save it as one of them.");

    public static readonly Problem NoCues = new("text_without_cues", 422, "Nothing in the file would be shown. Check that it has text with times.");

    public static readonly Problem TooMany = new("text_limit_reached", 409, "The asset has as many texts as it can. Delete one that is not needed.");

    public static readonly Problem AssetRefused = new("asset_refused", 409, "The master was refused, so there is nothing to show text over.");

    public static Problem AssetNotFound => AssetProblems.NotFound;
}
