using System.Globalization;
using System.Text.RegularExpressions;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Languages;
using FlickStream.Platform.Numbers;

namespace FlickStream.Ingest.Inspection;

/// <summary>From ffprobe's words to the exact units of <see cref="MediaReport"/>. Pure.</summary>
internal static partial class ReportMapping
{
    /// <summary>The header counts no frames, or not those that are shown: all packets must be looked at.</summary>
    public static bool NeedsScan(FfprobeHeader header, FfprobeStream video)
    {
        if (video.NbFrames is not { } frames || Duration(header, video, scan: null) is not { } seconds) return true;
        return Rate(video, scan: null) is { IsVariable: true }
            || (Rational.TryParse(video.AvgFrameRate) is { Numerator: > 0 } rate && Math.Abs(frames - (seconds * rate.Value)) > 2);
    }

    /// <summary>Null when nothing tells how long the file is.</summary>
    public static MediaReport? Report(FfprobeHeader header, FfprobeStream video, IEnumerable<FfprobeStream> sound, PacketScan? scan)
    {
        var fileStart = header.Format?.StartTime ?? 0;
        var total = Positive(header.Format?.Duration) ?? (scan is null ? Duration(header, video, scan) : scan.End - fileStart);
        if (total is not { } seconds || Rate(video, scan) is not var (rate, isVariable)) return null;

        return new MediaReport(
            header.Format?.FormatName ?? "",
            seconds,
            header.Format?.BitRate,
            Picture(header, video, scan, rate, isVariable, fileStart, seconds),
            MonoTracks.Join([.. sound.Select(track => Sound(header, track, fileStart, seconds))], header.Format?.FormatName ?? ""));
    }

    /// <summary>A bare stream of coded sound, whose length ffprobe guesses by the rate of its first frames, or one that does not tell it, as FLAC
    /// from a pipe.</summary>
    public static bool IsBareSound(FfprobeHeader header) => header.Format is { FormatName: "mp3" or "aac" or "ac3" or "eac3" } or { Duration: null };

    /// <summary>Of sound alone; null when nothing tells how long it is.</summary>
    /// <param name="header">The file's.</param>
    /// <param name="sound">Its tracks.</param>
    /// <param name="scan">Of the packets of bare sound.</param>
    public static MediaReport? OfSound(FfprobeHeader header, IReadOnlyList<FfprobeStream> sound, PacketScan? scan)
    {
        var fileStart = header.Format?.StartTime ?? 0;
        var total = scan is null ? Positive(header.Format?.Duration) ?? Duration(header, sound[0], scan) : scan.End - scan.Start;
        if (total is not { } seconds) return null;
        return new MediaReport(
            header.Format?.FormatName ?? "",
            seconds,
            header.Format?.BitRate,
            null,
            MonoTracks.Join(
                [.. sound.Select(track => Sound(header, track, fileStart, seconds)).Select(track => scan is null ? track : track with { DurationSeconds = seconds })],
                header.Format?.FormatName ?? ""));
    }

    private static VideoReport Picture(
        FfprobeHeader header, FfprobeStream video, PacketScan? scan, Rational rate, bool isVariable, double fileStart, double seconds) => new(
        video.Index,
        video.CodecName ?? "",
        video.Width,
        video.Height,
        Rational.TryParse(video.SampleAspectRatio) is { Numerator: > 0, Denominator: > 0, Value: > 0.1 and < 10 } aspect ? Blanking.Aspect(video, aspect) : 1,
        Rotation(video),
        rate,
        isVariable,
        scan?.Frames ?? video.NbFrames,
        (scan?.Start ?? video.StartTime ?? fileStart) - fileStart,
        Duration(header, video, scan) ?? seconds,
        video.PixFmt ?? "",
        Depth(video),
        Known(video.ColorTransfer),
        Known(video.ColorPrimaries),
        Known(video.ColorSpace),
        video.FieldOrder is "tt" or "bb" or "tb" or "bt")
    {
        IsMirrored = IsMirrored(video),
        LinesAbove = Blanking.LinesAbove(video),
        MotionRate = isVariable ? scan?.MotionRate : null,
        // One picture alone has nothing to go back to.
        LeadSeconds = scan?.LeadSeconds ?? (PacketReader.AreSoughtByBytes(header) ? 0 : null),
        GopSeconds = scan?.GopSeconds,
    };

    private static AudioReport Sound(FfprobeHeader header, FfprobeStream track, double fileStart, double seconds)
    {
        var title = Title(track);
        return new AudioReport(
            track.Index,
            track.CodecName ?? "",
            track.Channels,
            track.SampleRate,
            Language(track),
            title,
            (track.StartTime ?? fileStart) - fileStart,
            Duration(header, track, scan: null) ?? seconds)
        {
            Layout = Known(track.ChannelLayout),
            Role = AudioRoles.Of(track, title),
            IsDefault = track.Disposition.Default == 1,
        };
    }

    // The header's two rates: r_frame_rate is the finest spacing of the first frames, avg_frame_rate frames over duration.
    private static (Rational Rate, bool IsVariable)? Rate(FfprobeStream video, PacketScan? scan)
    {
        var average = Positive(Rational.TryParse(video.AvgFrameRate));
        var finest = Positive(Rational.TryParse(video.RFrameRate));
        if (scan is not null)
        {
            // A container that states its rate states it more exactly than rounded times can.
            return scan.IsEven && average is { } stated && FrameRates.Near(stated, scan.Rate, 0.001)
                ? (FrameRates.Exact(stated), false) : (scan.Rate, !scan.IsEven);
        }

        if ((average ?? finest) is not { } rate) return null;
        var spacing = finest ?? rate;

        // Streams that are coded in fields count two a frame.
        if (FrameRates.Near(spacing, rate * 2, 0.001)) spacing = rate;
        return FrameRates.Near(spacing, rate, 0.002) ? (FrameRates.Exact(spacing), false) : (rate, true);
    }

    // ffprobe's rotation is counter-clockwise.
    private static int Rotation(FfprobeStream video)
    {
        var turn = video.SideDataList.Select(data => data.Rotation).FirstOrDefault(rotation => rotation is not null) ?? 0;
        return ((((int)Math.Round(-turn / 90) * 90) % 360) + 360) % 360;
    }

    private static bool IsMirrored(FfprobeStream video)
    {
        var rows = video.SideDataList.Select(data => data.Displaymatrix).OfType<string>().FirstOrDefault()?.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => row[(row.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
        return rows is [[var a, var b, _], [var c, var d, _], _] && (a * d) - (b * c) < 0;
    }

    private static int Depth(FfprobeStream video)
    {
        if (video.BitsPerRawSample is { } bits and >= 8 and <= 16) return bits;
        var match = DepthSuffix().Match(video.PixFmt ?? "");
        return match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 8;
    }

    private static double? Duration(FfprobeHeader header, FfprobeStream stream, PacketScan? scan)
    {
        if (scan is not null) return scan.End - scan.Start;
        if (Positive(stream.Duration) is { } duration) return duration;

        // Matroska keeps when a track ends in a tag.
        var start = (stream.StartTime ?? 0) - (header.Format?.StartTime ?? 0);
        return TimeSpan.TryParse(Tag(stream, "DURATION")?.TrimEnd('0'), CultureInfo.InvariantCulture, out var end)
            ? Positive(end.TotalSeconds - start)
            : Positive(header.Format?.Duration - start);
    }

    public static string? Language(FfprobeStream track) => LanguageTags.Shortest(Tag(track, "language"));

    public static string? Title(FfprobeStream track)
    {
        var handler = Tag(track, "handler_name");
        var title = Tag(track, "title") ?? Tag(track, "name") ?? (handler is null || MakersName().IsMatch(handler) ? null : handler);
        if (title is null || MuxersName().IsMatch(title)) return null;
        return Clean(title);
    }

    /// <summary>A name as people may be shown it; null when nothing of it is left.</summary>
    public static string? Clean(string name)
    {
        var clean = new string([.. name.Where(c => !char.IsControl(c)).Take(200)]).Trim();
        return clean.Length > 0 ? clean : null;
    }

    private static string? Tag(FfprobeStream stream, string name) =>
        stream.Tags.FirstOrDefault(tag => tag.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string? Known(string? name) => name is null or "unknown" or "reserved" or "unspecified" ? null : name;

    private static double? Positive(double? seconds) => seconds is > 0 && double.IsFinite(seconds.Value) ? seconds : null;

    private static Rational? Positive(Rational? rate) => rate is { Numerator: > 0 } ? rate : null;

    [GeneratedRegex("(?:[a-z])(9|10|12|14|16)(?:le|be)$", RegexOptions.CultureInvariant)]
    private static partial Regex DepthSuffix();

    // What encoders write when nobody named the track: themselves, or what is technical of it.
    [GeneratedRegex(
        @"handler|core media|iso media|^\W*(?:(?:stereo|mono|surround|sound|audio|track|dolby|digital|plus|aac|e?ac3|pcm|dts|\d+)(?:\W+|$))*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MuxersName();

    // A handler is named by the software or camera that wrote it, and by people where they named the track; a title is theirs alone.
    [GeneratedRegex(
        @"handle|media|encoder|muxer|record|track_?id|\.(?:mp4|m4[av]|mov|aac|h?26[45]|wav)\b|"
        + @"\b(?:gopro|mainconcept|google|android|apple|dji|insta360|samsung|xiaomi|sony|canon|nikon|panasonic|blackmagic|adobe|avid|nvidia|gpac|bento4|lav[cf]|ffmpeg)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MakersName();
}
