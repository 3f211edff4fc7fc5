using System.Globalization;
using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Planning;

/// <summary>Filters that bring a track to 48 kHz in the channels of a rendition, as loud as it shall be.</summary>
internal static class SoundMix
{
    /// <summary>Where no channel order is told, ffmpeg guesses the usual one up to these eight; beyond them a broadcaster's file begins with
    /// the stereo mix.</summary>
    private const int MostInOrder = 8;

    // What the AAC encoder may add to a peak, dB: measured on music-like and speech-like sound at 64 kb/s a channel and at 40 kb/s.
    private const double Overshoot = 2;
    private const double OvershootOfSmall = 3.5;

    /// <summary>True peak that decoded sound shall not exceed, dBTP (EBU R 128, and what stores ask for).</summary>
    public const double MostTruePeak = -1;

    /// <summary>Front, centre and something beside or behind: worth keeping as 5.1.</summary>
    public static bool IsSurround(AudioReport track) => track.Channels >= 5 && !(track.Layout is null && track.Channels > MostInOrder);

    /// <summary>To the rendition's channels at 48 kHz, on the clock of the title.</summary>
    public static string Channels(AudioReport track, int channels)
    {
        const string Resample = "aresample=48000:async=1:first_pts=0:osf=fltp:tsf=fltp";
        // Labels of one or two channels (QuickTime's "left", "dual mono") must not move or weaken them, so they go by number.
        if (track.Channels == 1) return $"{Resample},pan=mono|c0=c0";
        if (track.Channels == 2 || (track.Layout is null && track.Channels > MostInOrder))
            return $"{Resample},pan=stereo|c0=c0|c1=c1{ToMono(channels)}";
        // BS.775: centre and surrounds at -3 dB, without the LFE. Floats, because swresample weakens all of it to fit integers.
        return channels > 2
            ? $"{Order(track)}{Resample}:ochl=5.1"
            : $"{Order(track)}{Resample}:ochl=stereo:clev=0.707107:slev=0.707107:lfe_mix_level=0{ToMono(channels)}";
    }

    /// <summary>A static gain; where sums of channels or the gain could clip, a limiter that sees the peaks between the samples.</summary>
    /// <param name="track">The source.</param>
    /// <param name="rendition">The target.</param>
    /// <param name="gain">dB.</param>
    public static string Level(AudioReport track, AudioRendition rendition, double gain)
    {
        var isMixed = track.Channels > Math.Max(2, rendition.Channels);
        if (!isMixed && gain <= 0) return gain == 0 ? "" : Volume(gain);
        var limit = Math.Pow(10, Ceiling(rendition) / 20).ToString("0.####", CultureInfo.InvariantCulture);
        return $"{(gain == 0 ? "" : Volume(gain))},aresample=192000,alimiter=limit={limit}:level=disabled:latency=1,aresample=48000";
    }

    /// <summary>True peak to which sound is limited before it is encoded, dBTP.</summary>
    public static double Ceiling(AudioRendition rendition) =>
        MostTruePeak - (rendition.BitsPerSecond < 64_000 * rendition.Channels ? OvershootOfSmall : Overshoot);

    private static string Volume(double gain) => string.Create(CultureInfo.InvariantCulture, $",volume={gain:0.0}dB:precision=float");

    // Half of each side: what is in both stays as loud in each loudspeaker as it was.
    private static string ToMono(int channels) => channels == 1 ? ",pan=mono|c0=0.5*c0+0.5*c1" : "";

    // ffmpeg takes three channels for 2.1 and four for one behind; their usual orders are left, right, centre and two pairs.
    private static string Order(AudioReport track) => (track.Layout, track.Channels) switch
    {
        (null, 3) => "channelmap=0|1|2:3.0,",
        (null, 4) => "channelmap=0|1|2|3:quad,",
        _ => "",
    };
}
