using System.Globalization;
using System.Text.RegularExpressions;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;
using FlickStream.Platform.Numbers;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Inspection;

/// <summary>Reads how a picture of high dynamic range was mastered, from its container or else from its first frame.</summary>
internal sealed partial class HdrCheck(MediaRunner runner, IOptions<InspectionOptions> options)
{
    /// <summary>Null for standard range.</summary>
    /// <param name="packets">The first packets, which hold a frame.</param>
    public async Task<HdrReport?> RunAsync(string path, FfprobeHeader header, FfprobeStream video, int packets, CancellationToken ct)
    {
        var said = TransferOf(video);
        if (said is null && !MayBeHlg(video)) return null;
        var frames = await FirstFramesAsync(path, header, video.Index, packets, ct);
        if ((said ?? frames.Select(frame => TransferOf(frame.ColorTransfer)).FirstOrDefault()) is not { } transfer) return null;
        var data = video.SideDataList.Concat(frames.SelectMany(frame => frame.SideDataList)).ToList();
        var light = data.FirstOrDefault(d => d.MaxContent > 0);
        return new HdrReport(
            transfer,
            data.Select(Mastering).FirstOrDefault(mastering => mastering is not null),
            light?.MaxContent,
            light?.MaxAverage is > 0 and var average ? average : null,
            DolbyVisionOf(video));
    }

    /// <summary>Null for a picture without Dolby Vision.</summary>
    public static DolbyVisionReport? DolbyVisionOf(FfprobeStream video) => video.SideDataList
        .Where(data => data.DvProfile is not null)
        .Select(data => new DolbyVisionReport(data.DvProfile!.Value, data.DvBlSignalCompatibilityId ?? 0))
        .FirstOrDefault();

    private static HdrTransfer? TransferOf(FfprobeStream video) => TransferOf(video.ColorTransfer) ?? (IsUnsaid(video)
        // The base layer of Dolby Vision, where nothing else says what it is.
        ? DolbyVisionOf(video)?.CompatibilityId switch { 1 or 6 => HdrTransfer.Pq, 4 => HdrTransfer.Hlg, _ => null } : null);

    private static HdrTransfer? TransferOf(string? name) => name switch
    {
        "smpte2084" => HdrTransfer.Pq,
        "arib-std-b67" => HdrTransfer.Hlg,
        _ => null,
    };

    /// <summary>HLG that older receivers show too is called BT.2020 (ETSI TS 101 154), and each keyframe says better by the alternative transfer
    /// characteristics of its SEI message. Of a header that says nothing the picture is not asked where it has 8 bits.</summary>
    private static bool MayBeHlg(FfprobeStream video) =>
        video.ColorTransfer is "bt2020-10" or "bt2020-12" || (IsUnsaid(video) && video.PixFmt is { } format && DeepFormat().IsMatch(format));

    private static bool IsUnsaid(FfprobeStream video) => video.ColorTransfer is null or "unknown" or "unspecified";

    [GeneratedRegex("^yuv[a-z0-9]*p1[02]", RegexOptions.CultureInvariant)]
    private static partial Regex DeepFormat();

    private async Task<IReadOnlyList<FfprobeFrame>> FirstFramesAsync(string path, FfprobeHeader header, int stream, int packets, CancellationToken ct)
    {
        var outcome = await runner.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffprobe,
                Arguments =
                [
                    "-v", "error", .. header.Guards,
                    "-select_streams", stream.ToString(CultureInfo.InvariantCulture), "-read_intervals", string.Create(CultureInfo.InvariantCulture, $"%+#{packets}"),
                    "-show_entries", "frame=media_type,color_transfer:frame_side_data=side_data_type" + FfprobeHeader.HdrEntries, "-of", "json", path,
                ],
                Inputs = [path],
                TimeLimit = options.Value.TimeLimit,
            },
            ct);
        return FfprobeHeader.TryParse(outcome.Output)?.Frames ?? [];
    }

    private static MasteringDisplay? Mastering(FfprobeSideData data)
    {
        Chromaticity? Point(string? x, string? y) =>
            Units(x, 50_000) is { } across && Units(y, 50_000) is { } up ? new Chromaticity((int)across, (int)up) : null;
        return Point(data.RedX, data.RedY) is { } red && Point(data.GreenX, data.GreenY) is { } green && Point(data.BlueX, data.BlueY) is { } blue
            && Point(data.WhitePointX, data.WhitePointY) is { } white
            && Units(data.MaxLuminance, 10_000) is > 0 and var most && Units(data.MinLuminance, 10_000) is { } least
            ? new MasteringDisplay(red, green, blue, white, most, least) : null;
    }

    // A hostile file may say anything; what does not fit the field of the standard is nothing said.
    private static long? Units(string? fraction, int scale) => Rational.TryParse(fraction) is { } value
        && value >= 0 && value <= uint.MaxValue / scale ? (value * scale).Round() : null;
}
