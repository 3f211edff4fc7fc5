using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Numbers;
using FlickStream.Platform.Problems;

namespace FlickStream.Platform.Contracts;

/// <summary>
/// One encoding of an asset: its renditions on one segment grid. Written by Transcoder, rendered by Origin; the segments that exist
/// so far are <see cref="SegmentRun"/> documents. The one whose id is the asset's is current: what players are offered. All others
/// lie aside, under <see cref="AsideId"/>: one that is made while the current one plays, or one that was current and plays on for who
/// began with it (<see cref="RetiredAt"/>).
/// </summary>
public sealed record Presentation
{
    public static readonly DocumentSchema<Presentation> Schema = new DocumentSchema<Presentation>("presentations")
        .Field("asset", p => p.AssetId)
        .Field("givenUp", p => p.RetiredAt is null ? p.GivenUpAt : null)
        .Field("retired", p => p.ReleasedAt is null ? p.RetiredAt : null)
        .Field("released", p => p.LetGoAt is null ? p.ReleasedAt : null)
        .Field("letGo", p => p.LetGoAt)
        .Index("asset")
        .Index("givenUp")
        .Index("retired")
        .Index("released")
        .Index("letGo");

    public required string AssetId { get; init; }

    /// <summary>The plan's hash; all blobs are under <c>media/{AssetId}/{Revision}/</c>, but for parts that an earlier encoding
    /// made (<c>From</c>).</summary>
    public required string Revision { get; init; }

    public required PresentationState State { get; init; }

    public required SegmentGrid Grid { get; init; }

    /// <summary>Frames planned; exact (as encoded and counted) once <see cref="PresentationState.Ready"/>.</summary>
    public required long Frames { get; init; }

    /// <summary>Rungs: those the title opens with, then one ladder after the other, each largest first; empty for a title of sound alone.</summary>
    public required IReadOnlyList<VideoRendition> Video { get; init; }

    /// <summary>Sound renditions; empty for a silent master.</summary>
    public required IReadOnlyList<AudioRendition> Audio { get; init; }

    /// <summary>Text that is whole and stored. It comes and goes while the title is encoded and after.</summary>
    public IReadOnlyList<TextRendition> Text { get; init; } = [];

    /// <summary>Digest of all that shapes the text that is taken out of the master; null where it has none, and in documents of earlier
    /// versions.</summary>
    public string? TextRecipe { get; init; }

    /// <summary>In order; empty for a title without.</summary>
    public IReadOnlyList<Chapter> Chapters { get; init; } = [];

    /// <summary>What encoding left out, that the studio should hear of.</summary>
    public IReadOnlyList<ProblemReport> Notices { get; init; } = [];

    /// <summary>Names of rungs that could not be made. What there is of them goes with this encoding.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Pixel size of one thumbnail in the sprite sheets (one column, a row every GOP).</summary>
    public required PixelSize Thumbnail { get; init; }

    /// <summary>Rows of every sheet, of which there is one in <see cref="SegmentGrid.SegmentFrames"/>; blank rows fill the last. 0 for older
    /// titles, which have a sheet a chunk.</summary>
    public int ThumbnailsPerSheet { get; init; }

    /// <summary>A poster image exists at <c>poster.jpg</c>.</summary>
    public bool HasPoster { get; init; }

    /// <summary>How its media are encrypted, under <see cref="TitleKeys"/>; null when they are not.</summary>
    public PresentationProtection? Protection { get; init; }

    /// <summary>How the sprite sheets were made; null in documents of earlier versions.</summary>
    public PartSource? Sprites { get; init; }

    /// <summary>How the poster was made; null in documents of earlier versions.</summary>
    public PartSource? Poster { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PlayableAt { get; init; }

    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>Why encoding failed; null otherwise.</summary>
    public ProblemReport? Problem { get; init; }

    /// <summary>The revision that is made to take its place; none other may while that one's job is open. Null when none ever was, and in documents
    /// of earlier versions.</summary>
    public string? Next { get; init; }

    /// <summary>Of an encoding that lies aside and is not whole: when its job ended, began it or opened it again. Where no job is open it is kept for some
    /// time from then on. Null for others, and in documents of earlier versions.</summary>
    public DateTimeOffset? GivenUpAt { get; init; }

    /// <summary>When another encoding took its place, or when it was given up before it was published; null before.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>When Origin had seen that nobody may play it any more; null before.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>When Transcoder had removed what it keeps of it, so that nothing writes it any more and Ingest may remove its media;
    /// null before.</summary>
    public DateTimeOffset? LetGoAt { get; init; }

    public static string Folder(string assetId, string revision) => $"media/{assetId}/{revision}";

    /// <summary>The id of an encoding that is not the current one.</summary>
    public static string AsideId(string assetId, string revision) => $"{assetId}:{revision}";
}

/// <param name="Recipe">Digest of all that shapes it; equal recipes give equal pictures or sound.</param>
/// <param name="From">The revision under which its blobs lie; null: the presentation's own.</param>
public sealed record PartSource(string Recipe, string? From);

public enum PresentationState
{
    /// <summary>Grows; playable once every rendition has its first segment.</summary>
    Encoding,
    Ready,
    Failed,
    Cancelled,
}

public sealed record PixelSize(int Width, int Height);

/// <summary>
/// The grid on which every rendition is cut: GOP and segment lengths in frames at an exact rate, and chunks of whole segments.
/// </summary>
/// <param name="FrameRate">Frames a second, constant.</param>
/// <param name="GopFrames">Frames from one IDR picture to the next.</param>
/// <param name="SegmentFrames">Frames a segment: a whole number of GOPs. Where <paramref name="FirstFrames"/> says so, segments 0 and 1 share
/// them.</param>
/// <param name="ChunkSegments">Segments in chunk 0, 1, 2, ...; the last value holds for all later chunks.</param>
/// <param name="FirstFrames">Frames of segment 0 where it is shorter, so that a title can be played sooner: a whole number of GOPs. 0 where it
/// is as long as all others, as in documents of earlier versions.</param>
public sealed record SegmentGrid(
    Rational FrameRate,
    int GopFrames,
    int SegmentFrames,
    IReadOnlyList<int> ChunkSegments,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int FirstFrames = 0)
{
    public int SegmentCount(long frames) =>
        SheetCount(frames) + (FirstFrames > 0 && frames > FirstFrames ? 1 : 0);

    /// <summary>The number of its first frame, which for the segment behind the last is where that would end.</summary>
    public long FirstFrameOf(int segment) =>
        FirstFrames == 0 ? (long)segment * SegmentFrames
        : segment <= 1 ? segment * FirstFrames
        : (segment - 1L) * SegmentFrames;

    /// <summary>When it begins, in milliseconds from the title's start.</summary>
    public double StartOf(int segment) => (FirstFrameOf(segment) / FrameRate * 1000).Value;

    public int FramesOf(int segment) => checked((int)(FirstFrameOf(segment + 1) - FirstFrameOf(segment)));

    /// <summary>One in <see cref="SegmentFrames"/>, begun ones too.</summary>
    public int SheetCount(long frames) => checked((int)((frames + SegmentFrames - 1) / SegmentFrames));

    /// <summary>The first segment of a chunk; chunk numbers past the end go on regularly.</summary>
    public int FirstSegmentOf(int chunk)
    {
        var listed = Math.Min(chunk, ChunkSegments.Count);
        var first = 0;
        for (var i = 0; i < listed; i++) first += ChunkSegments[i];
        return first + ((chunk - listed) * ChunkSegments[^1]);
    }

    public int ChunkCount(long frames)
    {
        var segments = SegmentCount(frames);
        var chunk = 0;
        while (FirstSegmentOf(chunk) < segments && chunk < ChunkSegments.Count) chunk++;
        var rest = segments - FirstSegmentOf(chunk);
        return rest <= 0 ? chunk : chunk + ((rest + ChunkSegments[^1] - 1) / ChunkSegments[^1]);
    }
}

/// <param name="Name">Folder and playlist name, such as <c>v1080</c> or <c>v1080-hevc</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Codecs">RFC 6381, such as <c>avc1.640028</c>: read from the bitstream, and so null until the first chunk is packaged.</param>
/// <param name="BitsPerSecond">The rung's cap (maxrate), used until segments are measured.</param>
/// <param name="Timescale">Ticks a second of its segments.</param>
public sealed record VideoRendition(string Name, int Width, int Height, string? Codecs, int BitsPerSecond, int Timescale)
{
    /// <summary>How it was made; null in documents of earlier versions.</summary>
    public PartSource? Source { get; init; }

    /// <summary>Measured on a sample; null before that, and where it could not be.</summary>
    public RenditionQuality? Quality { get; init; }

    public VideoCodec Codec { get; init; }

    public VideoRange Range { get; init; }

    /// <summary>Every player can show it, so the title is playable once these have their first segment. The other ladders join when the
    /// title is ready.</summary>
    [JsonIgnore]
    public bool IsOpening => Codec == VideoCodec.H264;

    /// <summary>Rungs of one ladder have the same: players switch among them at any segment.</summary>
    [JsonIgnore]
    public (VideoRange Range, VideoCodec Codec) Ladder => (Range, Codec);
}

/// <summary>How near a rendition is to its master, in luma, both at the size of the title's largest rendition.</summary>
/// <param name="Ssim">Structural similarity, 0 to 1.</param>
/// <param name="Psnr">Peak signal-to-noise ratio, dB; 100 for the same picture.</param>
/// <param name="Vmaf">Netflix' Video Multimethod Assessment Fusion, 0 to 100; null where the worker's ffmpeg was built without libvmaf.</param>
public sealed record RenditionQuality(double Ssim, double Psnr, double? Vmaf = null)
{
    /// <summary>Lines of the picture at which it was compared; null in documents of earlier versions.</summary>
    public int? Height { get; init; }
}

/// <param name="Name">Folder and playlist name, such as <c>a1-128k</c>.</param>
/// <param name="Group">HLS group: renditions of one group are alternatives of one quality, such as <c>audio-128k</c>. Groups of more than
/// two channels need not have every track.</param>
/// <param name="Language">BCP 47; null when unknown.</param>
/// <param name="Title">Shown to viewers, such as <c>English</c>.</param>
/// <param name="IsDefault">Played when the viewer has not chosen.</param>
/// <param name="Channels">1, 2, or 6 for 5.1.</param>
/// <param name="SampleRate">Hz; also the timescale of its segments.</param>
/// <param name="Codecs">RFC 6381, such as <c>mp4a.40.2</c>.</param>
/// <param name="BitsPerSecond">The encoder's target.</param>
public sealed record AudioRendition(
    string Name,
    string Group,
    string? Language,
    string Title,
    bool IsDefault,
    int Channels,
    int SampleRate,
    string Codecs,
    int BitsPerSecond)
{
    /// <summary>Which of the title's tracks this is a quality of, from 1; 0 in documents of earlier versions, in which the n-th rendition of
    /// each group was the n-th track's.</summary>
    public int Track { get; init; }

    public AudioRole Role { get; init; }

    /// <summary>How it was made; null in documents of earlier versions.</summary>
    public PartSource? Source { get; init; }
}

/// <summary>
/// Text that players show over the picture. Its blobs are whole when it is listed: <c>{folder}/{name}/all.vtt</c>, and on the segment
/// grid <c>{folder}/{name}/{n}.vtt</c>.
/// </summary>
/// <param name="Name">Folder and playlist name, such as <c>t1</c>.</param>
/// <param name="Language">BCP 47; null when unknown.</param>
/// <param name="Title">Shown to viewers, such as <c>English</c>.</param>
/// <param name="Role">What it is for.</param>
/// <param name="IsDefault">Shown when the viewer has not chosen.</param>
/// <param name="Segments">How many segments there are; a title that turns out longer has no text behind them.</param>
/// <param name="Bytes">Of <c>all.vtt</c>.</param>
public sealed record TextRendition(
    string Name, string? Language, string Title, TextRole Role, bool IsDefault, int Segments, int Bytes)
{
    /// <summary>The revision under which its blobs lie; null: the presentation's own.</summary>
    public string? From { get; init; }
}

public enum TextRole
{
    /// <summary>What is said.</summary>
    Subtitles,

    /// <summary>What is said and heard, for those who cannot hear it.</summary>
    Sdh,

    /// <summary>What is said in another language than the title's, shown to everyone.</summary>
    Forced,
}
