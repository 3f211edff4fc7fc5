using System.Globalization;
using System.Text.RegularExpressions;

namespace FlickStream.Transcoder.Planning;

/// <summary>What ebur128 measured over a whole track.</summary>
/// <param name="Integrated">LUFS; minus infinity for silence.</param>
/// <param name="TruePeak">dBTP; minus infinity for silence.</param>
internal sealed partial record SoundLevel(double Integrated, double TruePeak)
{
    // Below this there is nothing to hear, and raising it would raise noise.
    private const double Quietest = -50;
    private const double MostGain = 20;

    // How much the limiter may take off the highest peak. A film's dynamics are its mixer's: rather than flatten them, it stays below the
    // target.
    private const double MostLimiting = 6;

    /// <summary>From ebur128's summary on standard error; null when there is none.</summary>
    public static SoundLevel? TryParse(string words) =>
        Summary().Match(words) is { Success: true } found ? new SoundLevel(Number(found.Groups[1]), Number(found.Groups[2])) : null;

    /// <summary>dB, to a tenth: to <paramref name="target"/> LUFS, for a true peak of at most <paramref name="ceiling"/> after the
    /// limiter.</summary>
    public double GainTo(double target, double ceiling)
    {
        if (!(Integrated > Quietest)) return 0;
        var most = Math.Min(MostGain, ceiling + MostLimiting - TruePeak);
        return Math.Round(Math.Min(target - Integrated, most), 1);
    }

    private static double Number(Group text) =>
        double.TryParse(text.ValueSpan, CultureInfo.InvariantCulture, out var value) ? value : double.NegativeInfinity;

    [GeneratedRegex(@"Integrated loudness:\s+I:\s+(\S+) LUFS.*True peak:\s+Peak:\s+(\S+) dBFS", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Summary();
}
