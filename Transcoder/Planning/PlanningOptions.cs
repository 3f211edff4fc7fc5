using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using FlickStream.Platform;
using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Planning;

/// <summary>Choices that shape the renditions. A change makes new plans; plans already made keep what they were made with.</summary>
internal sealed record PlanningOptions
{
    /// <summary>x264's quality target; lower is better and larger. Each rung's cap bounds what it may spend.</summary>
    [Range(EncodingWishes.BestQuality, EncodingWishes.WorstQuality)]
    public int Quality { get; init; } = 23;

    /// <summary>Sizes and qualities of rungs are chosen for each title from what inspection measured of it; without, or without a
    /// measurement, they are the table's.</summary>
    public bool PerTitle { get; init; } = true;

    /// <summary>x264's preset: how much work goes into each frame. Its ultrafast writes the baseline profile, which no rung declares.</summary>
    [RegularExpression("superfast|veryfast|faster|fast|medium|slower|slow")]
    public string Preset { get; init; } = "veryfast";

    /// <summary>Height in pixels of the largest rung of a 16:9 title. H.264 ends at 1080: above it, every device that can show the
    /// picture has HEVC or AV1.</summary>
    [Range(EncodingWishes.LowestHeight, EncodingWishes.LargestHeight)]
    public int MaxHeight { get; init; } = 1080;

    /// <summary>Makes an HEVC ladder besides.</summary>
    public bool Hevc { get; init; }

    /// <summary>x265's quality target, on a scale of its own.</summary>
    [Range(16, 40)]
    public int HevcQuality { get; init; } = 26;

    /// <summary>x265's preset.</summary>
    [RegularExpression("ultrafast|superfast|veryfast|faster|fast|medium|slower|slow")]
    public string HevcPreset { get; init; } = "veryfast";

    /// <summary>Makes an AV1 ladder besides.</summary>
    public bool Av1 { get; init; }

    /// <summary>SVT-AV1's quality target, on a scale of its own.</summary>
    [Range(18, 58)]
    public int Av1Quality { get; init; } = 42;

    /// <summary>SVT-AV1's preset, 4 being the slowest.</summary>
    [Range(4, 12)]
    public int Av1Preset { get; init; } = 10;

    /// <summary>Sound tracks that are encoded: the first in file order, and the one to play first wherever it is; a master may declare far more than anyone listens to.</summary>
    [Range(0, 32)]
    public int MaxAudioTracks { get; init; } = 8;

    /// <summary>Text tracks of the master that are offered, in file order.</summary>
    [Range(0, 64)]
    public int MaxTextTracks { get; init; } = 32;

    /// <summary>Integrated loudness to which every track is brought, LUFS: <c>-23</c> as European broadcasters ask (EBU R 128), <c>-16</c> as
    /// web players and phones do; <c>off</c> leaves a mix as it was delivered, which is what a studio that mixed to a contract expects.
    /// A track is then decoded and measured before it is encoded, and measured after it, again until it is right: nothing of it can be played
    /// before its end.</summary>
    [RegularExpression(EncodingWishes.LoudnessTargets)]
    public string Loudness { get; init; } = "off";

    [JsonIgnore]
    public double? LoudnessTarget => Loudness == "off" ? null : double.Parse(Loudness, CultureInfo.InvariantCulture);

    /// <summary>How media are encrypted; <c>docs/protection.md</c> says what that protects and what not.</summary>
    public ContentProtection Protection { get; init; } = ContentProtection.None;

    /// <summary>How long one key of <see cref="ContentProtection.Aes128"/> serves before the next takes over within a title.</summary>
    [TimeRange("00:00:06", "1.00:00:00")]
    public TimeSpan KeyPeriod { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>These options, but for what one asset shall have otherwise.</summary>
    public PlanningOptions For(EncodingWishes? asset) => asset is null ? this : this with
    {
        MaxHeight = asset.MaxHeight ?? MaxHeight,
        Quality = asset.Quality ?? Quality,
        PerTitle = asset.PerTitle ?? PerTitle,
        Hevc = asset.Hevc ?? Hevc,
        Av1 = asset.Av1 ?? Av1,
        Loudness = asset.Loudness ?? Loudness,
        Protection = asset.Protection ?? Protection,
    };
}
