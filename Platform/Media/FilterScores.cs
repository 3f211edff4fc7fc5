using System.Globalization;
using System.Text.RegularExpressions;

namespace FlickStream.Platform.Media;

/// <summary>What ffmpeg's comparing filters say of luma at the end of a run, on standard error, in the order of the filters.</summary>
public static partial class FilterScores
{
    /// <summary>Structural similarity, 0 to 1.</summary>
    public static IReadOnlyList<double> Ssim(string log) => Values(SsimLine().Matches(log));

    /// <summary>Peak signal-to-noise ratio, dB; infinite for the same picture.</summary>
    public static IReadOnlyList<double> Psnr(string log) => Values(PsnrLine().Matches(log));

    /// <summary>Video Multimethod Assessment Fusion, 0 to 100.</summary>
    public static IReadOnlyList<double> Vmaf(string log) => Values(VmafLine().Matches(log));

    private static List<double> Values(MatchCollection lines) =>
    [
        .. lines.OrderBy(line => int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .Select(line => line.Groups[2].Value == "inf" ? double.PositiveInfinity : double.Parse(line.Groups[2].ValueSpan, CultureInfo.InvariantCulture)),
    ];

    [GeneratedRegex(@"^\[Parsed_ssim_(\d{1,4}) @ \w{1,32}\] SSIM Y:([01]\.\d{1,9})", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex SsimLine();

    [GeneratedRegex(@"^\[Parsed_psnr_(\d{1,4}) @ \w{1,32}\] PSNR y:(inf|\d{1,3}\.\d{1,9})", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex PsnrLine();

    [GeneratedRegex(@"^\[Parsed_libvmaf_(\d{1,4}) @ \w{1,32}\] VMAF score: (\d{1,3}\.\d{1,9})", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex VmafLine();
}
