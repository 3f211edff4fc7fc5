using FlickStream.Platform.Media;

namespace FlickStream.Ingest.Inspection;

/// <summary>Chooses what will be encoded among a file's tracks.</summary>
internal static class Tracks
{
    // Sample entries of Common Encryption (ISO/IEC 23001-7) and of Apple's older FairPlay.
    private static readonly string[] ProtectedTags = ["encv", "enca", "drmi", "drms"];

    /// <summary>The main picture: marked as default, else the largest. Cover art and thumbnails are no picture.</summary>
    public static FfprobeStream? Picture(IEnumerable<FfprobeStream> streams) => streams
        .Where(IsPicture)
        .OrderByDescending(IsSupported)
        .ThenByDescending(s => s.NbFrames != 1)
        .ThenByDescending(s => s.Disposition.Default)
        .ThenByDescending(s => (long)s.Width * s.Height)
        .FirstOrDefault();

    /// <summary>Neither cover art nor thumbnails.</summary>
    public static bool IsPicture(FfprobeStream stream) =>
        stream is { CodecType: "video", Disposition: { AttachedPic: 0, TimedThumbnails: 0, StillImage: 0 } };

    /// <summary>The first cover that can be decoded.</summary>
    public static FfprobeStream? Cover(IEnumerable<FfprobeStream> streams) => streams.FirstOrDefault(
        s => s is { CodecType: "video", Disposition.AttachedPic: 1, Width: > 0, Height: > 0 } && IsSupported(s));

    /// <summary>All sound that can be decoded. Phones add tracks in formats of their own beside a plain one.</summary>
    public static IReadOnlyList<FfprobeStream> Sound(IEnumerable<FfprobeStream> streams) =>
        [.. streams.Where(s => s.CodecType == "audio" && IsSupported(s) && s is { Channels: > 0, SampleRate: > 0 })];

    public static bool IsSupported(FfprobeStream stream) => stream.CodecName is { } codec
        && (stream.CodecType == "video" ? MediaGuards.VideoCodecs : MediaGuards.AudioCodecs).Contains(codec);

    /// <summary>Between its colours and RGB lies more than swscale's matrices or zscale can be sure of, such as light that must be known first
    /// (ITU-R BT.2100's ICtCp).</summary>
    public static bool HasStrangeColor(FfprobeStream video) =>
        video.ColorSpace is "ictcp" or "smpte2085" or "chroma-derived-nc" or "chroma-derived-c";

    public static bool IsProtected(FfprobeStream stream) => ProtectedTags.Contains(stream.CodecTagString)
        || stream.SideDataList.Any(data => data.SideDataType?.StartsWith("Encryption", StringComparison.Ordinal) == true);
}
