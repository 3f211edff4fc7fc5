namespace FlickStream.Transcoder.Planning;

/// <summary>
/// How a mix is brought to a loudness: by a guess, then by better ones after what the encoded sound measures. What an AAC encoder adds to
/// peaks (1 to 3 dB, 5 and more on hits and edges) and takes from loudness (1.7 LU of white noise, by its low-pass) cannot be told before.
/// </summary>
/// <param name="Mix">What comes in.</param>
/// <param name="Target">LUFS.</param>
/// <param name="Aim">LUFS to which the gain goes, so that the target is met after encoding.</param>
/// <param name="Ceiling">dBTP, of the limiter.</param>
internal sealed record LoudnessAim(SoundLevel Mix, double Target, double Aim, double Ceiling)
{
    /// <summary>True peak that decoded sound shall not exceed, dBTP (EBU R 128, and what stores ask for).</summary>
    public const double MostTruePeak = -1;

    /// <summary>Encodings after which the last is taken as it is; hard sources took up to four.</summary>
    public const int MostTries = 8;

    // Decoders differ by their noise substitution.
    private const double DecoderMargin = 0.2;
    private const double Tolerance = 0.5;
    private const double FirstCeiling = -2.5;
    private const double MostMakeup = 3;

    // Below this there is nothing to hear, and raising it would raise noise.
    private const double Quietest = -50;
    private const double MostGain = 20;

    // LUFS: what is lower is not counted as sound (ITU-R BS.1770).
    private const double Silence = -70;

    // How much the limiter may take off the highest peak. A film's dynamics are its mixer's: rather than flatten them, it stays below the
    // target.
    private const double MostLimiting = 6;

    public static LoudnessAim First(SoundLevel mix, double target) => new(mix, target, target, FirstCeiling);

    public Leveling Leveling => new(Gain, Mix.TruePeak + Gain > Ceiling ? Ceiling : null);

    private double Wanted => Mix.Integrated > Quietest ? Aim - Mix.Integrated : 0;

    private double Gain => Math.Round(Math.Min(Wanted, Math.Min(MostGain, Ceiling + MostLimiting - Mix.TruePeak)), 1);

    /// <summary>Whether an encoding that is kept is not as it was asked for. Nobody misses loudness in silence.</summary>
    public bool IsMissedBy(SoundLevel encoded) =>
        Mix.Integrated > Silence && (Math.Abs(Target - encoded.Integrated) > Tolerance || encoded.TruePeak + DecoderMargin > MostTruePeak);

    /// <param name="encoded">What its encoding decodes to.</param>
    /// <returns>A better aim; null when this one is met, as far as peaks allow.</returns>
    public LoudnessAim? After(SoundLevel encoded)
    {
        var excess = encoded.TruePeak + DecoderMargin - MostTruePeak;
        if (excess > 0) return this with { Ceiling = Math.Min(Ceiling, Mix.TruePeak + Gain) - excess - DecoderMargin };
        var miss = Target - encoded.Integrated;
        if (Math.Abs(miss) <= Tolerance || Mix.Integrated <= Quietest || (miss > 0 && Gain < Wanted - 0.1)) return null;
        var aim = Math.Min(Aim + miss, Target + MostMakeup);
        return aim == Aim ? null : this with { Aim = aim };
    }
}
