using System.Collections.Frozen;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Presentations;

/// <summary>A presentation and the segments it has, at one moment; immutable. Everything players get is rendered from one of
/// these.</summary>
internal sealed record PresentationView
{
    private readonly FrozenDictionary<string, Rendition>.AlternateLookup<ReadOnlySpan<char>> _byName;

    public PresentationView(Presentation presentation, IReadOnlyList<Track> video, IReadOnlyList<Track> audio)
    {
        Presentation = presentation;
        Video = video;
        Audio = audio;
        VideoSegments = video.Count == 0 ? 0 : video.Min(t => t.Count);
        _byName = video.Select((track, rung) => new Rendition(track, rung, IsVideo: true))
            .Concat(audio.Select((track, index) => new Rendition(track, index, IsVideo: false)))
            .ToFrozenDictionary(r => r.Track.Name, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public Presentation Presentation { get; }

    /// <summary>Of the presentation's document.</summary>
    public long Version { get; init; }

    /// <summary>One track a rung, in the order of <see cref="Presentation.Video"/>.</summary>
    public IReadOnlyList<Track> Video { get; }

    /// <summary>One track a sound rendition, in the order of <see cref="Presentation.Audio"/>.</summary>
    public IReadOnlyList<Track> Audio { get; }

    /// <summary>Segments that every rung has: players switch rungs at any segment, so none may be ahead of the others.</summary>
    public int VideoSegments { get; }

    public bool IsReady => Presentation.State == PresentationState.Ready;

    /// <summary>More segments will come.</summary>
    public bool IsGrowing => Presentation.State == PresentationState.Encoding;

    /// <summary>Every rendition has its first segment.</summary>
    public bool IsPlayable => VideoSegments > 0 && Audio.All(t => t.Count > 0);

    /// <summary>Blob key prefix of a part.</summary>
    public string KeyOf(MediaPart part) => $"{Presentation.Folder(Presentation.AssetId, part.Revision)}/{part.Name}";

    public static PresentationView Of(Presentation presentation, IReadOnlyCollection<SegmentRun> runs) =>
        Of(
            presentation,
            Tracks(presentation.Video, v => Track.Empty(v.Name, presentation.PartOf(v), v.Timescale)),
            Tracks(presentation.Audio, a => Track.Empty(a.Name, presentation.PartOf(a), a.SampleRate)),
            runs);

    /// <summary>How many segments of a track are shown: sound never runs ahead of the picture while the title grows, because a player takes
    /// the longest track for the end of what it may play.</summary>
    public int Shown(Rendition rendition) => rendition.IsVideo ? VideoSegments
        : IsReady ? rendition.Track.Count
        : Math.Min(rendition.Track.Count, VideoSegments);

    public Rendition? Find(ReadOnlySpan<char> name) => _byName.TryGetValue(name, out var found) ? found : null;

    /// <summary>The first (largest) rung that a grant for <paramref name="maxHeight"/> may see, all later ones too; -1 for none. The
    /// height of a picture is its smaller side, so that upright titles get the same classes (1080p) as others. 0 allows all.</summary>
    public int FirstRung(int maxHeight)
    {
        if (maxHeight == 0) return 0;
        for (var i = 0; i < Presentation.Video.Count; i++)
        {
            if (Math.Min(Presentation.Video[i].Width, Presentation.Video[i].Height) <= maxHeight) return i;
        }

        return -1;
    }

    /// <summary>Views are compared as objects: caches are kept by view.</summary>
    public bool Equals(PresentationView? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>This view with a newer document and more runs of the same revision.</summary>
    public PresentationView With(Presentation presentation, IReadOnlyCollection<SegmentRun> runs) => Of(presentation, Video, Audio, runs);

    private static PresentationView Of(
        Presentation presentation, IReadOnlyList<Track> video, IReadOnlyList<Track> audio, IReadOnlyCollection<SegmentRun> runs) =>
        new(presentation, Tracks(video, t => t.With(runs)), Tracks(audio, t => t.With(runs)));

    private static IReadOnlyList<Track> Tracks<T>(IReadOnlyList<T> from, Func<T, Track> track) => [.. from.Select(track)];
}

/// <param name="Track">Its segments.</param>
/// <param name="Index">Its place in <see cref="PresentationView.Video"/> or <see cref="PresentationView.Audio"/>.</param>
/// <param name="IsVideo">Picture or sound.</param>
internal sealed record Rendition(Track Track, int Index, bool IsVideo);
