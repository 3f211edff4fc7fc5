using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

public sealed class LoudnessAimTests
{
    [Theory]
    [InlineData(-30, -20, -23, 7)]
    [InlineData(-20, -3, -23, -3)]
    // Full of peaks: the limiter may take no more than 6 dB of them.
    [InlineData(-27, -2, -16, 5.5)]
    [InlineData(-45, -40, -16, 20)]
    // A silent track has nothing to raise.
    [InlineData(double.NegativeInfinity, double.NegativeInfinity, -16, 0)]
    [InlineData(-70, -60, -23, 0)]
    public void A_gain_reaches_the_target_unless_peaks_forbid_it(double integrated, double peak, double target, double gain) =>
        Assert.Equal(gain, Aim(integrated, peak, target).Leveling.Gain);

    [Theory]
    [InlineData(-20, -3, -23, null)]
    [InlineData(-20, -3, -16, -2.5)]
    // Turned down, and yet above the ceiling.
    [InlineData(-20, 3, -23, -2.5)]
    public void Only_what_would_pass_the_ceiling_is_limited(double integrated, double peak, double target, double? ceiling) =>
        Assert.Equal(ceiling, Aim(integrated, peak, target).Leveling.Ceiling);

    [Theory]
    [InlineData(-30, -23.4, -1.3, false)]
    // The limiter would have to flatten it, or the gain raise its noise.
    [InlineData(-30, -24.1, -3, true)]
    [InlineData(-60, -60, -30, true)]
    [InlineData(-30, -23, -1.1, true)]
    [InlineData(-70, -70, -90, false)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity, false)]
    public void What_is_kept_and_is_not_as_it_was_asked_for_is_told(double mix, double integrated, double peak, bool isMissed) =>
        Assert.Equal(isMissed, Aim(mix, -20, -23).IsMissedBy(new SoundLevel(integrated, peak)));

    [Fact]
    public void Sound_that_meets_its_aim_is_done() => Assert.Null(Aim(-20, -6, -23).After(new SoundLevel(-23.4, -8)));

    [Theory]
    [InlineData(-30, -9, -16, -0.3, -3.6, 11.4)]
    // It was not limited at all, so that the limiter begins at its own peak.
    [InlineData(-16, -4, -16, 0, -5.4, 0)]
    public void What_the_encoder_adds_to_peaks_comes_off_before(
        double integrated, double peak, double target, double encodedPeak, double ceiling, double gain)
    {
        var next = Aim(integrated, peak, target).After(new SoundLevel(target, encodedPeak))!.Leveling;
        Assert.Equal(ceiling, next.Ceiling!.Value, 0.001);
        Assert.Equal(gain, next.Gain);
    }

    [Fact]
    public void What_the_encoder_takes_from_loudness_is_put_on_before()
    {
        var aim = Aim(-6, -1, -16);
        var next = aim.After(new SoundLevel(-17.7, -8))!;
        Assert.Equal((-10, -8.3), (aim.Leveling.Gain, next.Leveling.Gain));
        Assert.Null(next.After(new SoundLevel(-16.1, -6)));
    }

    [Fact]
    public void A_target_that_peaks_forbid_is_not_tried_again() => Assert.Null(Aim(-30, -2, -16).After(new SoundLevel(-27, -1.5)));

    [Fact]
    public void The_last_summary_counts() => Assert.Equal(
        new SoundLevel(-13.4, -5.5),
        SoundLevel.TryParse(Words("-70.0", "-inf") + "Output #0, null, to 'pipe:':\n" + Words("-13.4", "-5.5")));

    [Fact]
    public void Silence_is_told_and_no_summary_is_null()
    {
        Assert.Equal(new SoundLevel(-70, double.NegativeInfinity), SoundLevel.TryParse(Words("-70.0", "-inf")));
        Assert.Null(SoundLevel.TryParse("size=N/A"));
    }

    private static string Words(string integrated, string peak) =>
        $"Summary:\n\n  Integrated loudness:\n    I:         {integrated} LUFS\n    Threshold: -23.4 LUFS\n\n  True peak:\n    Peak:       {peak} dBFS\n";

    private static LoudnessAim Aim(double integrated, double peak, double target) => LoudnessAim.First(new SoundLevel(integrated, peak), target);
}
