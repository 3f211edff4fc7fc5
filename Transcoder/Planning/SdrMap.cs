using System.Globalization;
using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Planning;

/// <summary>
/// From high dynamic range or a wide gamut to 8-bit BT.709 of studio range, for a picture that is scaled already: measured from 2160
/// lines to 1080, a frame takes 95 ms of one core so and 257 ms mapped before it is scaled. Light is reckoned against the reference
/// white of 203 cd/m² (ITU-R BT.2408), so that faces and text keep the brightness they were graded with: the mobius curve leaves what is
/// below 0.3 of white as it is and bends the rest to end at the peak. The peak is one number for the whole title, so that all chunks are
/// mapped alike.
/// </summary>
internal static class SdrMap
{
    private const int ReferenceWhite = 203;

    // HLG's nominal display (ITU-R BT.2100), and what most HDR10 is graded for: a master that says nothing is taken for it.
    private const int UsualPeak = 1000;

    public const string Bt2020 = "bt2020";

    /// <summary>With room for what conversion moves.</summary>
    public const string Format = "yuv420p10le";

    // Those that lie far enough from BT.709 to be seen; the primaries of BT.601 do not.
    private static readonly string[] WidePrimaries = [Bt2020, "smpte431", "smpte432"];

    /// <param name="Matrix">swscale's name of the matrix that the scaled picture must have.</param>
    /// <param name="Filters">What follows, of a picture in <see cref="Format"/>.</param>
    public sealed record Mapping(string Matrix, string Filters);

    /// <summary>Null for a picture of standard range and the primaries of BT.709 or near.</summary>
    public static Mapping? For(VideoReport video)
    {
        if (video.Hdr is { } hdr) return new Mapping(Bt2020, ToneMapped(hdr, HdrPrimariesOf(video)));
        return WidePrimaries.FirstOrDefault(wide => wide == video.ColorPrimaries) is not { } primaries ? null : new Mapping(
            "bt709",
            $"setparams=range=tv:color_primaries={primaries}:color_trc=bt709:colorspace=bt709,"
                + "zscale=primaries=bt709:dither=ordered,format=yuv420p");
    }

    /// <summary>Of high dynamic range, ffmpeg's name: BT.2020's where none are said that make sense.</summary>
    public static string HdrPrimariesOf(VideoReport video) =>
        video.ColorPrimaries is { } said && (WidePrimaries.Contains(said) || said is "bt709" or "smpte170m" or "bt470bg") ? said : Bt2020;

    private static string ToneMapped(HdrReport hdr, string primaries)
    {
        var transfer = hdr.Transfer == HdrTransfer.Pq ? "smpte2084" : "arib-std-b67";
        return $"setparams=range=tv:color_primaries={primaries}:color_trc={transfer}:colorspace=bt2020nc,"
            + $"zscale=transfer=linear:npl={ReferenceWhite},format=gbrpf32le,zscale=primaries=bt709,"
            + string.Create(CultureInfo.InvariantCulture, $"tonemap=tonemap=mobius:peak={(double)PeakOf(hdr) / ReferenceWhite:0.####},")
            + "zscale=transfer=bt709:matrix=bt709:range=tv:dither=ordered,format=yuv420p";
    }

    /// <summary>cd/m².</summary>
    public static long PeakOf(HdrReport hdr)
    {
        if (hdr.Transfer == HdrTransfer.Hlg) return UsualPeak;
        // MaxCLL is often filled in carelessly; no picture is brighter than the display it was graded on.
        var display = hdr.Mastering?.MaxLuminance / 10_000;
        var peak = Math.Min(hdr.MaxContentLight ?? display ?? UsualPeak, display ?? 10_000);
        return Math.Clamp(peak, ReferenceWhite, 10_000);
    }
}
