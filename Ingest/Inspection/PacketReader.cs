using System.Globalization;
using FlickStream.Platform.Media;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Inspection;

/// <summary>Reads all packets of a track, at the speed of the disk. Nothing is decoded.</summary>
internal sealed class PacketReader(MediaRunner runner, IOptions<InspectionOptions> options)
{
    // Bytes a second of a disk that is shared by many readers.
    private const long SlowestReading = 10_000_000;

    /// <summary>MPEG's streams, which have no index, and whose clock may jump.</summary>
    public static bool AreSoughtByBytes(FfprobeHeader header) => header.Format?.FormatName is "mpegts" or "mpeg";

    /// <param name="path">The master.</param>
    /// <param name="header">Its.</param>
    /// <param name="track">Whose packets.</param>
    /// <param name="isRefreshed">Its keyframes may be of <see cref="DecodeFindings.IsRefreshed"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>No scan where too few packets tell of anything, or where the limit is over in a container that can do without; why the
    /// master is unfit where they or their lack forbid it.</returns>
    public async Task<(PacketScan? Scan, InspectionResult? Refusal)> ReadAsync(
        string path, FfprobeHeader header, FfprobeStream track, bool isRefreshed, CancellationToken ct)
    {
        var isSoughtByBytes = AreSoughtByBytes(header);
        var times = new PacketTimes();
        var outcome = await runner.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffprobe,
                Arguments =
                [
                    "-v", "error", .. header.Guards,
                    "-select_streams", track.Index.ToString(CultureInfo.InvariantCulture),
                    "-show_entries", "packet=pts_time,dts_time,duration_time,flags", "-of", "csv=p=0", path,
                ],
                Inputs = [path],
                TimeLimit = LimitOf(new FileInfo(path).Length),
                ReadOutput = async (output, stop) =>
                {
                    await foreach (var line in ShortLines.ReadAsync(output, stop)) times.Add(line);
                },
            },
            ct);

        // Read from anywhere, pictures behind a long way between keyframes are mush.
        if (outcome.End != MediaEnd.Exited) return (null, isSoughtByBytes ? InspectionProblems.Timeout.Refuse() : null);
        if (times.LongestGopFrames > options.Value.MaxGopFrames) return (null, InspectionProblems.GopTooLong.Refuse($"{times.LongestGopFrames} pictures follow one."));
        if (PacketScan.Of(times, header, isSoughtByBytes, isRefreshed || (isSoughtByBytes && track.CodecName == "h264")) is not { } scan) return (null, null);
        return scan.HasJump ? (null, InspectionProblems.BrokenTimes.Refuse()) : (scan, null);
    }

    internal TimeSpan LimitOf(long bytes) => options.Value.ScanTimeLimit + TimeSpan.FromSeconds((double)bytes / SlowestReading);
}
