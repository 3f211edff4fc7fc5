using System.Globalization;
using FlickStream.Platform.Media;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Inspection;

/// <summary>Decodes the first and the last frames, because a header says nothing of the media behind it.</summary>
internal sealed class DecodeCheck(MediaRunner runner, IOptions<InspectionOptions> options)
{
    // Enough to reach a picture behind the leading frames of an open GOP.
    private const int Packets = 24;

    // Containers with an index, in which a seek to the end lands there and costs nothing.
    private static readonly string[] Indexed = ["mov,", "matroska", "avi", "mxf"];

    /// <summary>Why the picture is unfit; else whether its first frames were coded as fields, which Matroska's
    /// header often denies, and whether captions lie in them.</summary>
    public async Task<(InspectionResult? Refusal, bool IsInterlaced, bool HasCaptions)> RunAsync(
        string path, FfprobeHeader header, FfprobeStream video, CancellationToken ct)
    {
        var head = DecodeAsync(path, header, video.Index, $"%+#{Packets}", ct);
        var tail = TailOf(header, video) is { } second
            ? DecodeAsync(path, header, video.Index, string.Create(CultureInfo.InvariantCulture, $"{second:0.######}%+#{Packets}"), ct)
            : head;
        await Task.WhenAll(head, tail);
        var first = await head;
        return (Refuse(first, await tail, video), first.Interlaced > first.Frames / 2, first.HasCaptions || (await tail).HasCaptions);
    }

    /// <summary>Why a master of sound alone is unfit: much that is no sound at all looks like the beginning of MP3.</summary>
    public async Task<InspectionResult?> RefuseSoundAsync(string path, FfprobeHeader header, FfprobeStream track, CancellationToken ct)
    {
        var first = await DecodeAsync(path, header, track.Index, $"%+#{Packets}", ct);
        if (first.End != MediaEnd.Exited) return InspectionProblems.Timeout.Refuse();
        if (first.IsEncrypted) return InspectionProblems.Encrypted.Refuse();
        return first.Frames == 0 || (first.Errors.Length > 0 && first.Frames < Packets / 2)
            ? InspectionProblems.NotMedia.Refuse(first.Errors.Split('\n')[^1]) : null;
    }

    public async Task<bool> CanDecodeAsync(string path, FfprobeHeader header, FfprobeStream cover, CancellationToken ct) =>
        await DecodeAsync(path, header, cover.Index, "%+#1", ct) is { End: MediaEnd.Exited, Frames: > 0, Errors.Length: 0 };

    private static double? TailOf(FfprobeHeader header, FfprobeStream video)
    {
        var duration = video.Duration ?? header.Format?.Duration ?? 0;
        var container = header.Format?.FormatName ?? "";
        return duration > 4 && Indexed.Any(name => container.StartsWith(name, StringComparison.Ordinal))
            ? (video.StartTime ?? header.Format?.StartTime ?? 0) + duration - 1 : null;
    }

    private static InspectionResult? Refuse(Decoded first, Decoded last, FfprobeStream video)
    {
        if (first.End != MediaEnd.Exited) return InspectionProblems.Timeout.Refuse();
        if (first.IsEncrypted) return InspectionProblems.Encrypted.Refuse();
        if (first.Frames == 0 && first.Errors.Contains("Picture size", StringComparison.Ordinal))
        {
            return InspectionProblems.TooLargePicture.Refuse();
        }

        if (first.Frames == 0 || video is not { Width: > 0, Height: > 0 })
        {
            return InspectionProblems.Undecodable.Refuse(first.Errors.Split('\n')[^1]);
        }

        return last is { End: MediaEnd.Exited, Frames: 0 } && !last.Errors.Contains("Could not seek", StringComparison.Ordinal)
            ? InspectionProblems.Truncated.Refuse("Its last frames cannot be decoded.")
            : null;
    }

    private async Task<Decoded> DecodeAsync(string path, FfprobeHeader header, int stream, string interval, CancellationToken ct)
    {
        var outcome = await runner.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffprobe,
                Arguments =
                [
                    "-v", "error", .. header.Guards,
                    "-select_streams", stream.ToString(CultureInfo.InvariantCulture), "-read_intervals", interval,
                    "-show_entries", "packet_side_data=side_data_type:frame=media_type,interlaced_frame:frame_side_data=side_data_type", "-of", "csv=p=0", path,
                ],
                Inputs = [path],
                TimeLimit = options.Value.TimeLimit,
            },
            ct);
        var frames = outcome.Output.Split('\n')
            .Where(line => line.StartsWith("video,", StringComparison.Ordinal) || line.StartsWith("audio", StringComparison.Ordinal)).ToList();
        return new Decoded(
            outcome.End,
            outcome.ErrorTail,
            frames.Count,
            frames.Count(line => line.StartsWith("video,1", StringComparison.Ordinal)),
            outcome.Output.Contains("Encryption info", StringComparison.Ordinal),
            outcome.Output.Contains("A53 Part 4 Closed Captions", StringComparison.Ordinal));
    }

    private sealed record Decoded(MediaEnd End, string Errors, int Frames, int Interlaced, bool IsEncrypted, bool HasCaptions);
}
