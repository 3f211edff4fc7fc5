using System.Text.Json.Serialization;
using FlickStream.Platform.Numbers;
using FlickStream.Platform.Problems;

namespace FlickStream.Platform.Contracts;

/// <summary>What inspection found in a master: all that planning needs, in exact units.</summary>
/// <param name="Container">ffprobe's format name, such as <c>mov,mp4,m4a,3gp,3g2,mj2</c>.</param>
/// <param name="DurationSeconds">From the master's first timestamp to its last.</param>
/// <param name="BitsPerSecond">Of the whole file; null when unknown.</param>
/// <param name="Video">The picture track that will be encoded; null for a title of sound alone.</param>
/// <param name="Audio">Every sound track, in file order.</param>
public sealed record MediaReport(
    string Container, double DurationSeconds, long? BitsPerSecond, VideoReport? Video, IReadOnlyList<AudioReport> Audio)
{
    /// <summary>ffmpeg's absolute stream index of the cover art, which is the poster of sound alone; null where there is a picture track, or no
    /// cover.</summary>
    public int? CoverStreamIndex { get; init; }

    /// <summary>What the studio should hear though the master is accepted: what of it will not reach viewers, or was guessed.</summary>
    public IReadOnlyList<ProblemReport> Notices { get; init; } = [];

    /// <summary>How hard the picture is to encode; null when that was not measured, or could not be in the time allowed.</summary>
    public ComplexityReport? Complexity { get; init; }

    /// <summary>Tracks of text that become renditions, in file order. Tracks of pictures of text are in <see cref="Notices"/>.</summary>
    public IReadOnlyList<TextReport> Text { get; init; } = [];

    /// <summary>In order.</summary>
    public IReadOnlyList<Chapter> Chapters { get; init; } = [];

    /// <summary>Where its first picture stands on the programme's time, seconds; null where it does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TimecodeSeconds { get; init; }

    /// <summary>Of an earlier version, which did not look how far keyframes lie apart where seeks land anywhere.</summary>
    [JsonIgnore]
    public bool LacksLead => Container is "mpegts" or "mpeg" && Video is { LeadSeconds: null };
}

/// <param name="StreamIndex">ffmpeg's absolute stream index.</param>
/// <param name="Codec">ffmpeg's codec name.</param>
/// <param name="Width">Coded width in pixels, before rotation and aspect.</param>
/// <param name="Height">Coded height in pixels.</param>
/// <param name="SampleAspect">Width of a pixel over its height.</param>
/// <param name="Rotation">Degrees clockwise a player turns the picture: 0, 90, 180 or 270.</param>
/// <param name="FrameRate">The track's own rate: exact for a constant rate, ffprobe's average for a variable one.</param>
/// <param name="IsVariableRate">Frames are not evenly spaced.</param>
/// <param name="Frames">Frames in the track, counted by the container or by its packets; null when neither says.</param>
/// <param name="StartSeconds">First frame's time after the file's start.</param>
/// <param name="DurationSeconds">Of this track.</param>
/// <param name="PixelFormat">ffmpeg's name, such as <c>yuv420p10le</c>.</param>
/// <param name="BitDepth">Bits a sample.</param>
/// <param name="ColorTransfer">ffmpeg's name, such as <c>bt709</c> or <c>smpte2084</c>; null when not said.</param>
/// <param name="ColorPrimaries">ffmpeg's name; null when not said.</param>
/// <param name="ColorSpace">ffmpeg's name of the matrix; null when not said.</param>
/// <param name="IsInterlaced">Each frame is two fields of different times, as found by looking at the picture.</param>
public sealed record VideoReport(
    int StreamIndex,
    string Codec,
    int Width,
    int Height,
    Rational SampleAspect,
    int Rotation,
    Rational FrameRate,
    bool IsVariableRate,
    long? Frames,
    double StartSeconds,
    double DurationSeconds,
    string PixelFormat,
    int BitDepth,
    string? ColorTransfer,
    string? ColorPrimaries,
    string? ColorSpace,
    bool IsInterlaced)
{
    /// <summary>The picture is turned upside down, as in a lake, before it is turned by <see cref="Rotation"/>: ISO/IEC 14496-12's matrix with a
    /// negative determinant.</summary>
    public bool IsMirrored { get; init; }

    /// <summary>The lower field of a frame comes first in time. Only of interlaced and telecined masters.</summary>
    public bool IsBottomFieldFirst { get; init; }

    /// <summary>Film at 24000/1001 that 3:2 pulldown has spread over the fields of 30000/1001, or over the frames of 60000/1001.</summary>
    public bool IsTelecined { get; init; }

    /// <summary>Of a variable rate: the one that keeps the frames of its fastest parts apart; null when frames are even.</summary>
    public Rational? MotionRate { get; init; }

    /// <summary>How long before a picture is shown a reader that seeks may have to begin so that it can be decoded: in MPEG's streams, which
    /// have no index, the longest way between keyframes; as far again where pictures become whole only behind a keyframe; and how long a
    /// keyframe may be stored before it is shown, where seeks go by the order of storing. Null where the packets were not looked at, and in
    /// reports of earlier versions.</summary>
    public double? LeadSeconds { get; init; }

    /// <summary>The longest way from a keyframe to the next, or to the end: so much is decoded before a picture where seeks find the
    /// keyframe. Null as above.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GopSeconds { get; init; }

    /// <summary>Of the coded lines, those at the top that are no picture but data of the vertical blanking.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int LinesAbove { get; init; }

    /// <summary>Lines of the picture itself, before rotation and aspect.</summary>
    [JsonIgnore]
    public int ActiveHeight => Height - LinesAbove;

    /// <summary>Null for standard dynamic range.</summary>
    public HdrReport? Hdr { get; init; }

    /// <summary><see cref="SampleAspect"/>; 1 beyond 10:1, which is a damaged header and not a picture.</summary>
    [JsonIgnore]
    public Rational PixelAspect => SampleAspect < new Rational(1, 10) || SampleAspect > 10 ? 1 : SampleAspect;

    /// <summary>What a player shows: pixels made square, then turned.</summary>
    public (Rational Width, Rational Height) DisplaySize()
    {
        var aspect = PixelAspect;
        return Rotation is 90 or 270 ? (ActiveHeight, aspect * Width) : (aspect * Width, ActiveHeight);
    }
}

public enum HdrTransfer
{
    /// <summary>SMPTE ST 2084: HDR10, and Dolby Vision over it.</summary>
    Pq,

    /// <summary>ARIB STD-B67.</summary>
    Hlg,
}

/// <param name="Transfer">How code values become light.</param>
/// <param name="Mastering">The display the picture was graded on (SMPTE ST 2086); null when not said.</param>
/// <param name="MaxContentLight">MaxCLL, cd/m²; null when not said.</param>
/// <param name="MaxAverageLight">MaxFALL, cd/m²; null when not said.</param>
/// <param name="DolbyVision">Null for a picture without it.</param>
public sealed record HdrReport(
    HdrTransfer Transfer, MasteringDisplay? Mastering, int? MaxContentLight, int? MaxAverageLight, DolbyVisionReport? DolbyVision);

/// <summary>SMPTE ST 2086 in the units of HEVC's SEI message (ITU-T H.265, D.3.28).</summary>
/// <param name="Red">Chromaticity in 0.00002; so are the other points.</param>
/// <param name="MaxLuminance">In 0.0001 cd/m²; so is the least.</param>
public sealed record MasteringDisplay(
    Chromaticity Red, Chromaticity Green, Chromaticity Blue, Chromaticity White, long MaxLuminance, long MinLuminance);

public sealed record Chromaticity(int X, int Y);

/// <param name="Profile">Such as 8.</param>
/// <param name="CompatibilityId">What the base layer is to others: 1 or 6 HDR10, 2 SDR, 4 HLG.</param>
public sealed record DolbyVisionReport(int Profile, int CompatibilityId);

/// <param name="StreamIndex">ffmpeg's absolute stream index; the lowest of <see cref="Parts"/> where there are any.</param>
/// <param name="Codec">ffmpeg's codec name.</param>
/// <param name="Channels">1 for mono, 2 for stereo, 6 for 5.1.</param>
/// <param name="SampleRate">Hz.</param>
/// <param name="Language">BCP 47, shortest (reports of earlier versions: as tagged); null when untagged or <c>und</c>.</param>
/// <param name="Title">The track's own name; null when it has none.</param>
/// <param name="StartSeconds">First sample's time after the file's start.</param>
/// <param name="DurationSeconds">Of this track.</param>
public sealed record AudioReport(
    int StreamIndex,
    string Codec,
    int Channels,
    int SampleRate,
    string? Language,
    string? Title,
    double StartSeconds,
    double DurationSeconds)
{
    /// <summary>ffmpeg's name of where the channels belong, such as <c>5.1(side)</c>; null when the master does not say.</summary>
    public string? Layout { get; init; }

    /// <summary>Stream indexes of the tracks of one channel each that are its channels, in the order of <see cref="Layout"/>; empty for what
    /// is one track in the file.</summary>
    public IReadOnlyList<int> Parts { get; init; } = [];

    public AudioRole Role { get; init; }

    /// <summary>The master marks it as the one to play first. Containers may mark several, or all.</summary>
    public bool IsDefault { get; init; }
}

/// <param name="StreamIndex">ffmpeg's absolute stream index.</param>
/// <param name="Codec">ffmpeg's codec name; <c>stpp</c> or <c>wvtt</c>, which are tags of MP4, where it has none.</param>
/// <param name="Language">BCP 47, shortest (reports of earlier versions: as tagged); null when untagged or <c>und</c>.</param>
/// <param name="Title">The track's own name; null when it has none.</param>
/// <param name="StartSeconds">The track's start after the file's start.</param>
/// <param name="IsForced">For everyone: what is spoken in another language than the title's.</param>
/// <param name="IsHearingImpaired">Tells sounds and speakers too (SDH).</param>
/// <param name="IsDefault">Marked to be shown when the viewer has not chosen.</param>
public sealed record TextReport(
    int StreamIndex,
    string Codec,
    string? Language,
    string? Title,
    double StartSeconds,
    bool IsForced,
    bool IsHearingImpaired,
    bool IsDefault)
{
    /// <summary>The <see cref="Codec"/> of captions (CEA-608 and CEA-708) that lie in the picture's own track, whose index is then given.</summary>
    public const string CaptionsInPicture = "a53_cc";

    /// <summary>Of captions: BCP 47 by the channel's name, such as <c>CC1</c> or <c>Service 2</c>; null where the master does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<string, string>? Languages { get; init; }

    /// <summary>The file's clock at its start, seconds: documents inside samples of MP4 count from that clock's zero. 0 in reports of earlier
    /// versions.</summary>
    public double ClockSeconds { get; init; }
}

/// <param name="StartSeconds">After the start of the file or, in a presentation, of the title.</param>
/// <param name="EndSeconds">On the same clock.</param>
/// <param name="Title">Null when it has none.</param>
public sealed record Chapter(double StartSeconds, double EndSeconds, string? Title);
