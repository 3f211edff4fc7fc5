using System.Globalization;
using System.Text.RegularExpressions;

namespace FlickStream.Transcoder.Planning;

/// <summary>What ebur128 measured over a whole track.</summary>
/// <param name="Integrated">LUFS; -70 or minus infinity for silence.</param>
/// <param name="TruePeak">dBTP; minus infinity for silence.</param>
internal sealed partial record SoundLevel(double Integrated, double TruePeak)
{
    /// <summary>From ebur128's summary on standard error; null when there is none.</summary>
    public static SoundLevel? TryParse(string words) =>
        Summary().Match(words) is { Success: true } found ? new SoundLevel(Number(found.Groups[1]), Number(found.Groups[2])) : null;

    private static double Number(Group text) =>
        double.TryParse(text.ValueSpan, CultureInfo.InvariantCulture, out var value) ? value : double.NegativeInfinity;

    // The last, because ffmpeg sets up a graph and takes it down, with a summary of nothing, before it knows the sound's format.
    [GeneratedRegex(
        @"Integrated loudness:\s+I:\s+(\S+) LUFS(?:(?!Integrated).)*True peak:\s+Peak:\s+(\S+) dBFS",
        RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.RightToLeft)]
    private static partial Regex Summary();
}
