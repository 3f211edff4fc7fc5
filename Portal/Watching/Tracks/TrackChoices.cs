using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Watching.Tracks;

/// <param name="Audio">Null: as the title has it.</param>
/// <param name="Captions">Null: as the profile says.</param>
internal sealed record TrackChoice(AudioChoice? Audio, CaptionTrack? Captions);

/// <param name="Language">BCP 47.</param>
/// <param name="Role">As manifests name it, such as description or commentary; null for the main one.</param>
internal sealed record AudioChoice(string? Language, string? Role = null);

/// <param name="AreOn">Whether they are shown.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Role">As manifests name it, such as sdh; null for plain subtitles.</param>
internal sealed record CaptionTrack(bool AreOn, string? Language = null, string? Role = null);

/// <summary>What a profile listened to and read last: at all, and by movie and series. Id: the profile's.</summary>
[ImmutableObject(true)]
internal sealed record TrackChoices
{
    // A series that was not watched among so many others begins as all do.
    private const int MostWorks = 200;

    public static readonly DocumentSchema<TrackChoices> Schema = new DocumentSchema<TrackChoices>("track_choices")
        .Field("account", c => c.AccountId)
        .Index("account");

    public required string AccountId { get; init; }

    public TrackChoice? Last { get; init; }

    /// <summary>The latest first.</summary>
    public IReadOnlyList<WorkTracks> Works { get; init; } = [];

    public TrackChoices With(string workId, TrackChoice choice) => this with
    {
        Last = choice, Works = [new(workId, choice), .. Works.Where(work => work.WorkId != workId).Take(MostWorks - 1)],
    };
}

/// <param name="WorkId">A movie or a series.</param>
internal sealed record WorkTracks(string WorkId, TrackChoice Choice);
