using System.Text.RegularExpressions;
using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Inspection;

/// <summary>What a sound track is for: as the master marks it, else as its title says without doubt.</summary>
internal static partial class AudioRoles
{
    public static AudioRole Of(FfprobeStream track, string? title) => track.Disposition switch
    {
        { Comment: 1 } => AudioRole.Commentary,
        { VisualImpaired: 1 } or { Descriptions: 1 } => AudioRole.Description,
        { HearingImpaired: 1 } => AudioRole.ClearSpeech,
        { Dub: 1 } => AudioRole.Dub,
        _ when title is null => AudioRole.Main,
        _ when Commentary().IsMatch(title) => AudioRole.Commentary,
        _ when Description().IsMatch(title) => AudioRole.Description,
        _ => AudioRole.Main,
    };

    // English, French, German, Spanish, Italian and Portuguese. "AD" alone could be anything.
    [GeneratedRegex(
        @"\bcommentary\b|\bcommentaires?\b|kommentar|\bcomentarios?\b|\bcommento\b|\bcomentários?\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Commentary();

    [GeneratedRegex(
        @"audio[ -]?description|audiodeskription|described video|descriptive (?:audio|video)|audiodescripción|audiodescrizione|audiodescrição|\bDVS\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Description();
}
