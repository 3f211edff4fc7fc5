using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Planning;

/// <summary>
/// All that will be done to one master, as values: stored with its job, the same size for a minute as for a day. Chunks and
/// steps are computed from it.
/// </summary>
internal sealed record EncodingPlan
{
    /// <summary>Names the renditions: equal plans write equal bytes. Short SHA-256 of everything else in the plan.</summary>
    public required string Revision { get; init; }

    /// <summary>Goes up when the same plan would give other bytes: a change of arguments that the values do not show.</summary>
    public int Recipe { get; init; } = 3;

    public required MediaReport Media { get; init; }

    public required PlanningOptions Options { get; init; }

    public required GridPlan Timeline { get; init; }

    /// <summary>Largest first.</summary>
    public required IReadOnlyList<Rung> Rungs { get; init; }

    /// <summary>Two a track; empty for a silent master.</summary>
    public required IReadOnlyList<AudioPlan> Audio { get; init; }

    public required PixelSize Thumbnail { get; init; }

    [JsonIgnore]
    public SegmentGrid Grid => Timeline.Grid;

    [JsonIgnore]
    public long Frames => Timeline.Frames;

    [JsonIgnore]
    public int ChunkCount => Grid.ChunkCount(Frames);

    /// <summary>Of the title: its frames at its rate.</summary>
    [JsonIgnore]
    public double DurationSeconds => (Frames / Grid.FrameRate).Value;

    [JsonIgnore]
    public double TotalWeight => Steps().Sum(step => step.Weight);

    public static EncodingPlan For(MediaReport media, PlanningOptions options)
    {
        var timeline = GridPlan.For(media);
        var rungs = Ladder.For(media, timeline.Grid.FrameRate, options);
        var plan = new EncodingPlan
        {
            Revision = "",
            Media = media,
            Options = options,
            Timeline = timeline,
            Rungs = rungs,
            Audio = AudioPlan.For(media, options),
            Thumbnail = ThumbnailOf(rungs[0]),
        };
        var digest = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(plan));
        return plan with { Revision = Convert.ToHexStringLower(digest)[..16] };
    }

    public Chunk Chunk(int index)
    {
        var first = Grid.FirstSegmentOf(index);
        var count = Math.Min(Grid.FirstSegmentOf(index + 1), Grid.SegmentCount(Frames)) - first;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(index));
        var start = (long)first * Grid.SegmentFrames;
        var frames = (int)(Math.Min((long)(first + count) * Grid.SegmentFrames, Frames) - start);
        var gops = (frames + Grid.GopFrames - 1) / Grid.GopFrames;
        return new Chunk(index, first, count, start, frames, gops, start + frames == Frames);
    }

    public IEnumerable<PlannedStep> Steps() => StepList.Of(this);

    /// <summary>The rungs a video step makes, largest first.</summary>
    public IReadOnlyList<Rung> RungsOf(PlannedStep step) => [.. Rungs.Where(rung => step.Renditions.Contains(rung.Name))];

    /// <summary>The sound rendition of an audio step.</summary>
    public AudioPlan AudioOf(PlannedStep step) => Audio.Single(audio => step.Renditions.Contains(audio.Rendition.Name));

    public Presentation ToPresentation(string assetId, DateTimeOffset createdAt) => new()
    {
        AssetId = assetId,
        Revision = Revision,
        State = PresentationState.Encoding,
        Grid = Grid,
        Frames = Frames,
        Video = [.. Rungs.Select(r => new VideoRendition(r.Name, r.Width, r.Height, r.Codecs, r.MaxBitsPerSecond, Timeline.Timescale))],
        Audio = [.. Audio.Select(a => a.Rendition)],
        Thumbnail = Thumbnail,
        CreatedAt = createdAt,
    };

    /// <summary>160 pixels on the longer side, or less for a smaller picture.</summary>
    private static PixelSize ThumbnailOf(Rung top)
    {
        var longer = Math.Max(top.Width, top.Height);
        var scale = longer <= 160 ? 1 : new Rational(160, longer);
        int Side(int side) => Math.Max(2, 2 * (int)(scale * side / 2).Round());
        return new PixelSize(Side(top.Width), Side(top.Height));
    }
}
