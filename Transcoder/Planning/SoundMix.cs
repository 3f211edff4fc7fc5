using System.Globalization;
using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Planning;

/// <summary>Filters that bring a track to 48 kHz in the channels of a rendition, as loud as it shall be.</summary>
internal static class SoundMix
{
    /// <summary>Where no channel order is told, ffmpeg guesses the usual one up to these eight; beyond them a broadcaster's file begins with
    /// the stereo mix.</summary>
    private const int MostInOrder = 8;

    /// <summary>Front, centre and something beside or behind: worth keeping as 5.1.</summary>
    public static bool IsSurround(AudioReport track) => track.Channels >= 5 && !(track.Layout is null && track.Channels > MostInOrder);

    private const string Convert = "aresample=48000:osf=fltp:tsf=fltp";
    private const string Resample = "aresample=48000:async=1:first_pts=0:osf=fltp:tsf=fltp";

    // BS.775: centre and surrounds at -3 dB, without the LFE.
    private const string ToStereo = ":ochl=stereo:clev=0.707107:slev=0.707107:lfe_mix_level=0";

    private static readonly string[] Places = ["FL", "FR", "FC", "LFE", "BL", "BR"];

    /// <summary>The track as ffmpeg reads it, or the tracks of one channel that are its channels, brought to one clock.</summary>
    /// <param name="track">The master's.</param>
    /// <param name="shift">Filters to the title's clock, with a comma behind them; empty for none.</param>
    public static string Source(AudioReport track, string shift)
    {
        if (track.Parts.Count == 0) return $"[0:{track.StreamIndex}]{shift}";
        var parts = track.Parts.Select((index, i) => $"[0:{index}]{shift}{Resample},pan=mono|c0=c0[part{i}];");
        var (inputs, map) = (track.Parts.Select((_, i) => $"[part{i}]"), track.Parts.Select((_, i) => $"{i}.0-{Places[i]}"));
        return $"{string.Concat(parts)}{string.Concat(inputs)}join=inputs={track.Parts.Count}:channel_layout={track.Layout}:map={string.Join('|', map)},";
    }

    /// <summary>To the rendition's channels at 48 kHz, on the clock of the title.</summary>
    public static string Channels(AudioReport track, int channels)
    {
        // Labels of one or two channels (QuickTime's "left", "dual mono") must not move or weaken them, so they go by number.
        if (track.Channels == 1) return $"{Resample},pan=mono|c0=c0";
        if (track.Channels == 2 || (track.Layout is null && track.Channels > MostInOrder))
            return $"{Resample},pan=stereo|c0=c0|c1=c1{ToMono(channels)}";
        // Floats, because swresample weakens all of it to fit integers.
        return channels > 2
            ? $"{Order(track)}{Resample}:ochl=5.1"
            : $"{Order(track)}{Resample}{ToStereo}{ToMono(channels)}";
    }

    /// <summary>The same of a track that may have any number of channels at any moment.</summary>
    public static string AnyChannels(AudioReport track, int channels) => channels switch
    {
        > 2 => $"{Convert}:ochl=5.1",
        // A track that begins with one channel is as loud there as it was.
        1 when track.Channels == 1 => $"{Convert}:ochl=mono",
        _ => $"{Convert}{ToStereo}{ToMono(channels)}",
    };

    /// <summary>A file of those, whole and on the clock of the title. Where parts were joined the first one's last frame reaches into the second, by 45 ms in
    /// AAC: usually less than 100 ms are let stand, and the second part would be late by them.</summary>
    public const string Even = $"[0:0]{Resample}:min_hard_comp=0.02";

    /// <summary>A static gain, and a limiter that sees the peaks between the samples.</summary>
    public static string Level(Leveling leveling)
    {
        var gain = leveling.Gain == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $",volume={leveling.Gain:0.0}dB:precision=float");
        if (leveling.Ceiling is not { } ceiling) return gain;
        var limit = Math.Pow(10, ceiling / 20).ToString("0.####", CultureInfo.InvariantCulture);
        return $"{gain},aresample=192000,alimiter=limit={limit}:level=disabled:latency=1,aresample=48000";
    }

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
