using System.Globalization;
using FlickStream.Platform.Numbers;

namespace FlickStream.Origin.Manifests;

/// <summary>Values as HLS playlists write them.</summary>
internal static class HlsText
{
    /// <summary>EXT-X-MAP in a playlist that is not I-frames only needs version 6 (RFC 8216 section 7).</summary>
    public const int Version = 6;

    /// <summary>A decimal number of seconds: six decimals, up to nine where six are not exact.</summary>
    public static string Seconds(long ticks, int timescale) =>
        Math.Round((decimal)ticks / timescale, 9).ToString("0.000000###", CultureInfo.InvariantCulture);

    /// <summary>FRAME-RATE: three decimals.</summary>
    public static string FrameRate(Rational rate) =>
        Math.Round((decimal)rate.Numerator / rate.Denominator, 3, MidpointRounding.AwayFromZero)
            .ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A quoted string can hold no quote, and there is no escape. <paramref name="text"/> is plain.</summary>
    public static string Quoted(string text) => $"\"{text.Replace('"', '\'')}\"";
}
