using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Planning;

/// <summary>What is done to a mix before it is encoded.</summary>
/// <param name="Gain">dB, to a tenth.</param>
/// <param name="Ceiling">True peak to which a limiter holds it, dBTP; null without a limiter.</param>
internal sealed record Leveling(double Gain, double? Ceiling)
{
    // What an encoder usually adds to a peak lies below full scale then: 128 kb/s of stereo and 64 kb/s of mono, and 40 kb/s of mono.
    private const double MixCeiling = -3;
    private const double SmallMixCeiling = -4.5;

    /// <summary>For a mix that shall stay as loud as it was delivered: only sums of channels, which could clip, are limited.</summary>
    public static Leveling AsDelivered(AudioReport track, AudioRendition rendition)
    {
        var isSum = track.Channels > Math.Max(2, rendition.Channels);
        return isSum ? OfSum(rendition) : new Leveling(0, null);
    }

    public static Leveling OfSum(AudioRendition rendition) =>
        new(0, rendition.BitsPerSecond < 64_000 * rendition.Channels ? SmallMixCeiling : MixCeiling);
}
