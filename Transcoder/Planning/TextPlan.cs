using System.Text.Json.Serialization;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Languages;
using FlickStream.Platform.TimedText;

namespace FlickStream.Transcoder.Planning;

/// <summary>A text rendition and the track it is made from.</summary>
/// <param name="StreamIndex">ffmpeg's absolute stream index.</param>
/// <param name="Codec">ffmpeg's codec name.</param>
/// <param name="StartSeconds">The track's start, after the file's.</param>
/// <param name="Name">Of the rendition, such as <c>t1</c>.</param>
/// <param name="Language">BCP 47; null when unknown.</param>
/// <param name="Title">Shown to viewers.</param>
/// <param name="Role">What it is for.</param>
/// <param name="IsDefault">Shown when the viewer has not chosen.</param>
internal sealed record TextPlan(
    int StreamIndex, string Codec, double StartSeconds, string Name, string? Language, string Title, TextRole Role, bool IsDefault)
{
    /// <summary>What the track is taken out as: as it is where we can read it, so that nothing is lost on the way.</summary>
    public TextFormat Format => Codec switch
    {
        "ass" or "ssa" => TextFormat.Ass,
        "webvtt" or "wvtt" => TextFormat.WebVtt,
        "stpp" => TextFormat.Ttml,
        _ => TextFormat.SubRip,
    };

    /// <summary>It needs no decoder.</summary>
    public bool IsCopied => Codec is "ass" or "webvtt" or "subrip";

    /// <summary>It is taken out as its samples, because ffmpeg does not know what they hold, or, of captions, takes all channels for one.</summary>
    public bool IsSampled => Codec is "stpp" or "wvtt" or "eia_608";

    /// <summary>It is CEA-608, of up to four channels, and in a picture CEA-708 too.</summary>
    [JsonIgnore]
    public bool IsCaptions => IsInPicture || Codec == "eia_608";

    /// <inheritdoc cref="TextReport.Languages"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<string, string>? Languages { get; init; }

    [JsonIgnore]
    public IReadOnlyDictionary<string, string> LanguagesOrNone => Languages ?? new SortedDictionary<string, string>();

    /// <inheritdoc cref="TextReport.ClockSeconds"/>
    public double ClockSeconds { get; init; }

    /// <summary>It lies in the picture, which must be decoded for it.</summary>
    public bool IsInPicture => Codec == TextReport.CaptionsInPicture;

    public static IReadOnlyList<TextPlan> For(MediaReport media, PlanningOptions options)
    {
        var spoken = AudioPlan.FirstOf(AudioPlan.Offered(media, options))?.Language;
        return [.. media.Text.Take(options.MaxTextTracks).Select((track, i) => Of(track, i + 1, spoken))];
    }

    public TextRendition Rendition(int segments, int bytes) => new(Name, Language, Title, Role, IsDefault, segments, bytes);

    private static TextPlan Of(TextReport track, int number, string? spoken)
    {
        var role = track.IsForced ? TextRole.Forced : track.IsHearingImpaired ? TextRole.Sdh : TextRole.Subtitles;
        // Muxers mark the first track of each kind by themselves; one that repeats what is heard is shown to those who ask for it.
        var isDefault = track.IsDefault && track.Language is not null && spoken is not null
            && !string.Equals(track.Language, spoken, StringComparison.OrdinalIgnoreCase);
        return new TextPlan(
            track.StreamIndex, track.Codec, track.StartSeconds, $"t{number}", track.Language,
            track.Title ?? (track.Language is { } tag ? LanguageTags.NameOf(tag) ?? tag : $"Text {number}"), role, isDefault)
        {
            ClockSeconds = track.ClockSeconds,
            Languages = track.Languages,
        };
    }
}
