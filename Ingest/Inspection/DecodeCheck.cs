using System.Globalization;
using FlickStream.Platform.Media;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Inspection;

/// <summary>What the first and the last frames tell.</summary>
/// <param name="HasFields">The first were coded as fields, which Matroska's header often denies.</param>
/// <param name="HasCaptions">Captions lie in them.</param>
/// <param name="IsRefreshed">The picture of the keyframe before the last is not shown: it is one of a sweep that makes pictures whole bit by
/// bit (H.264's recovery point, x264's intra-refresh).</param>
/// <param name="IsSparse">That keyframe lies far before the last, and others may as well.</param>
/// <param name="PacketsToFrame">Packets from the file's first on that hold its first frame: more than one where an edit list hides the first,
/// or where they belong to a keyframe before the file.</param>
internal readonly record struct DecodeFindings(bool HasFields, bool HasCaptions, bool IsRefreshed, bool IsSparse, int PacketsToFrame);

/// <summary>Decodes the first and the last frames, because a header says nothing of the media behind it.</summary>
internal sealed class DecodeCheck(MediaRunner runner, IOptions<InspectionOptions> options)
{
    // Enough to reach a picture behind the leading frames of an open GOP.
    private const int Packets = 24;

    // Enough to reach one behind a sweep, behind what an edit list hides, or behind a GOP whose keyframe is missing.
    private const int FarPackets = 1000;

    // Of the title: where captions are looked for that neither its first nor its last frames have.
    private static readonly double[] CaptionPlaces = [0.3, 0.6];

    private static readonly string[] Captioned = ["h264", "hevc", "mpeg2video"];

    // Seconds, less than any frame lasts.
    private const double BeforeKey = 0.001;

    // Seconds beyond which decoding on the way to a picture takes long.
    private const double Sparse = 60;

    // Containers with an index, in which a seek to the end lands there and costs nothing.
    private static readonly string[] Indexed = ["mov,", "matroska", "avi", "mxf"];

    public async Task<(DecodeFindings Found, InspectionResult? Refusal)> RunAsync(
        string path, FfprobeHeader header, FfprobeStream video, CancellationToken ct)
    {
        var head = DecodeAsync(path, header, video.Index, $"%+#{Packets}", ct);
        var end = TailOf(header, video);
        Task<Decoded> From(double second, int packets) =>
            DecodeAsync(path, header, video.Index, string.Create(CultureInfo.InvariantCulture, $"{second:0.######}%+#{packets}"), ct);
        var tail = end is { } second ? From(second, Packets) : head;
        await Task.WhenAll(head, tail);
        var (first, last) = (await head, await tail);
        if (first is { End: MediaEnd.Exited, Frames: 0, IsEncrypted: false, Packets: Packets })
        {
            first = await DecodeAsync(path, header, video.Index, $"%+#{FarPackets}", ct);
            if (end is null) last = first;
        }

        var (key, isHidden) = (last.FirstPacket, last is { End: MediaEnd.Exited, Errors: "", ShowsFirst: false });
        // The file may end amid a sweep; from the keyframe before, it shows something.
        if (end is { } late && isHidden && last.Frames == 0) last = await From((key ?? late) - BeforeKey, FarPackets);
        var found = new DecodeFindings(
            first.Interlaced > first.Frames / 2,
            first.HasCaptions || last.HasCaptions,
            video.CodecName == "h264" && end is not null && isHidden && last.Frames > 0,
            end - key > Sparse,
            Math.Max(1, first.PacketsToFrame));
        return (found, Refuse(first, last, video));
    }

    /// <summary>Whether captions lie in the picture somewhere within the title, which may begin with a trailer that has none.</summary>
    public async Task<bool> HasCaptionsAsync(string path, FfprobeHeader header, FfprobeStream video, SeekPoints seeks, double duration, CancellationToken ct)
    {
        if (!Captioned.Contains(video.CodecName)) return false;
        var start = video.StartTime ?? header.Format?.StartTime ?? 0;
        var places = await Task.WhenAll(CaptionPlaces.Select(place => DecodeAsync(
            path, header, video.Index, string.Create(CultureInfo.InvariantCulture, $"{start + seeks.Before(place * duration):0.######}%+#{Packets}"), ct)));
        return places.Any(place => place.HasCaptions);
    }

    /// <summary>Why a master of sound alone is unfit: much that is no sound at all looks like the beginning of MP3.</summary>
    public async Task<InspectionResult?> RefuseSoundAsync(string path, FfprobeHeader header, FfprobeStream track, CancellationToken ct)
    {
        var first = await DecodeAsync(path, header, track.Index, $"%+#{Packets}", ct);
        if (first.End != MediaEnd.Exited) return InspectionProblems.Timeout.Refuse();
        if (first.IsEncrypted) return InspectionProblems.Encrypted.Refuse();
        return first.Frames == 0 || (first.Errors.Length > 0 && first.Frames < Packets / 2)
            ? InspectionProblems.NotMedia.Refuse("Nothing at its beginning can be decoded as sound.", first.Errors) : null;
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
            return InspectionProblems.Undecodable.Refuse("None of its first pictures can be decoded.", first.Errors);
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
                    "-show_entries", "packet=pts_time:packet_side_data=side_data_type:frame=media_type,pts_time,interlaced_frame:frame_side_data=side_data_type",
                    "-of", "csv", path,
                ],
                Inputs = [path],
                TimeLimit = options.Value.TimeLimit,
            },
            ct);
        var lines = outcome.Output.Split('\n').Select(line => line.Split(',')).ToList();
        var frames = lines.Where(line => line is ["frame", "video" or "audio", ..]).ToList();
        var first = lines.FirstOrDefault(line => line is ["packet", ..]) is [_, var shown, ..] ? shown : "N/A";
        return new Decoded(
            outcome.End,
            outcome.ErrorTail,
            lines.Count(line => line is ["packet", ..]),
            lines.TakeWhile(line => line is not ["frame", "video" or "audio", ..]).Count(line => line is ["packet", ..]),
            frames.Count,
            frames.Count(line => line is [_, "video", _, "1", ..]),
            outcome.Output.Contains("Encryption info", StringComparison.Ordinal),
            outcome.Output.Contains("A53 Part 4 Closed Captions", StringComparison.Ordinal),
            double.TryParse(first, CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
            first == "N/A" || frames.Exists(line => line is [_, _, var at, ..] && at == first));
    }

    /// <param name="PacketsToFrame">Packets before the first frame came, or all.</param>
    /// <param name="FirstPacket">When it is shown, seconds on the file's clock.</param>
    /// <param name="ShowsFirst">Its picture is among the frames, or may be.</param>
    private sealed record Decoded(
        MediaEnd End, string Errors, int Packets, int PacketsToFrame, int Frames, int Interlaced, bool IsEncrypted, bool HasCaptions, double? FirstPacket, bool ShowsFirst);
}
