using System.ComponentModel.DataAnnotations;

namespace FlickStream.Transcoder.Planning;

/// <summary>Choices that shape the renditions. A change makes new plans; plans already made keep what they were made with.</summary>
internal sealed record PlanningOptions
{
    /// <summary>x264's quality target; lower is better and larger. Each rung's cap bounds what it may spend.</summary>
    [Range(16, 35)]
    public int Quality { get; init; } = 23;

    /// <summary>Sizes and qualities of rungs are chosen for each title from what inspection measured of it; without, or without a
    /// measurement, they are the table's.</summary>
    public bool PerTitle { get; init; } = true;

    /// <summary>x264's preset: how much work goes into each frame.</summary>
    [RegularExpression("ultrafast|superfast|veryfast|faster|fast|medium|slow|slower")]
    public string Preset { get; init; } = "veryfast";

    /// <summary>Height in pixels of the largest rung of a 16:9 title.</summary>
    [Range(234, 1080)]
    public int MaxHeight { get; init; } = 1080;

    /// <summary>Sound tracks that are encoded, in file order; a master may declare far more than anyone listens to.</summary>
    [Range(0, 32)]
    public int MaxAudioTracks { get; init; } = 8;
}
