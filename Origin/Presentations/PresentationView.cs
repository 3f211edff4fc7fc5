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
        // Of sound alone, all of it is what the title opens with.
        var opening = video.Count == 0 ? audio : [.. video.Where((_, rung) => presentation.Video[rung].IsOpening)];
        VideoSegments = opening.Count == 0 ? 0 : opening.Min(t => t.Count);
        var last = presentation.Grid.ChunkCount(presentation.Frames) - 1;
        IsWhole = IsReady || (IsEncoding && VideoSegments > 0
            && opening.All(t => t.LastChunk == last && t.Count == VideoSegments) && audio.All(t => t.LastChunk == last));
        Renditions =
        [
            .. video.Select((track, rung) => new Rendition(track, rung, IsVideo: true)),
            .. audio.Select((track, index) => new Rendition(track, index, IsVideo: false)),
        ];
        _byName = Renditions
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

    public IReadOnlyList<Rendition> Renditions { get; }

    /// <summary>The track that tells when segments begin.</summary>
    public Track Clock => Video.Count > 0 ? Video[0] : Audio[0];

    /// <summary>Segments that every rung (of sound alone: every rendition) has that the title opens with: players switch rungs at any segment,
    /// so none may be ahead of the others.</summary>
    public int VideoSegments { get; }

    public bool IsReady => Presentation.State == PresentationState.Ready;

    public bool IsEncoding => Presentation.State == PresentationState.Encoding;

    /// <summary>All that it opens with is there to the title's end. Ladders that join when it is ready may take hours more, and its viewers
    /// must not wait at its end for more to come.</summary>
    public bool IsWhole { get; }

    /// <summary>More segments will come.</summary>
    public bool IsGrowing => IsEncoding && !IsWhole;

    /// <summary>Every rendition that it opens with has its first segment.</summary>
    public bool IsPlayable => VideoSegments > 0 && Audio.All(t => t.Count > 0) && (Presentation.Protection is null || Keys is not null);

    /// <summary>The keys of a protected title, sealed; null before there are any.</summary>
    public TitleKeys? Keys { get; init; }

    /// <summary>It is encrypted in a way that DASH does not know.</summary>
    public bool IsForHlsAlone => Presentation.Protection?.Scheme == ContentProtection.Aes128;

    /// <summary>Blob key prefix of a part.</summary>
    public string KeyOf(MediaPart part) => $"{Presentation.Folder(Presentation.AssetId, part.Revision)}/{part.Name}";

    public static PresentationView Of(Presentation presentation, IReadOnlyCollection<SegmentRun> runs) =>
        Of(
            presentation,
            Tracks(presentation.Video, v => EmptyOf(presentation, v)),
            Tracks(presentation.Audio, a => Track.Empty(a.Name, presentation.PartOf(a), a.SampleRate)),
            runs);

    /// <summary>How many segments of a track are shown: sound never runs ahead of the picture while the title grows, because a player takes
    /// the longest track for the end of what it may play.</summary>
    public int Shown(Rendition rendition) => rendition.IsVideo ? Math.Min(rendition.Track.Count, VideoSegments)
        : IsWhole ? rendition.Track.Count
        : Math.Min(rendition.Track.Count, VideoSegments);

    public TextRendition? FindText(ReadOnlySpan<char> name)
    {
        foreach (var text in Presentation.Text)
        {
            if (name.SequenceEqual(text.Name)) return text;
        }

        return null;
    }

    public Rendition? Find(ReadOnlySpan<char> name) => _byName.TryGetValue(name, out var found) ? found : null;

    /// <summary>The height of the largest picture that a grant for <paramref name="maxHeight"/> may see, and all smaller ones too; 0 when
    /// there is none, and the most there can be for sound alone. The height of a picture is its smaller side, so that upright titles get the
    /// same classes (1080p) as others. A <paramref name="maxHeight"/> of 0 allows all.</summary>
    public int HeightFor(int maxHeight)
    {
        if (Presentation.Video.Count == 0) return int.MaxValue;
        var tallest = 0;
        foreach (var video in Presentation.Video)
        {
            if (HeightOf(video) is var height && height > tallest && (maxHeight == 0 || height <= maxHeight)) tallest = height;
        }

        return tallest;
    }

    public bool Allows(Rendition rendition, int height) => !rendition.IsVideo || HeightOf(Presentation.Video[rendition.Index]) <= height;

    /// <summary>What manifests offer up to a height, in the order of <see cref="Presentation.Video"/>. Ladders beyond the one that the title
    /// opens with are offered when they are whole: one that is behind would hold players back, and one that comes and goes confuse them.</summary>
    public IReadOnlyList<OfferedRung> Offered(int height) =>
    [
        .. Presentation.Video.Zip(Video, (video, track) => new OfferedRung(video, track))
            .Where(rung => rung.Video.Codecs is not null && HeightOf(rung.Video) <= height)
            .Where(rung => rung.Video.IsOpening || (IsReady && rung.Track.Count == VideoSegments)),
    ];

    /// <summary>Views are compared as objects: caches are kept by view.</summary>
    public bool Equals(PresentationView? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>This view with a newer document and more runs of the same revision, of whose rungs some may have been left out.</summary>
    public PresentationView With(Presentation presentation, IReadOnlyCollection<SegmentRun> runs) =>
        Of(presentation, Tracks(presentation.Video, v => Find(v.Name)?.Track ?? EmptyOf(presentation, v)), Audio, runs) with { Keys = Keys };

    private static Track EmptyOf(Presentation presentation, VideoRendition video) => Track.Empty(video.Name, presentation.PartOf(video), video.Timescale);

    private static int HeightOf(VideoRendition video) => Math.Min(video.Width, video.Height);

    private static PresentationView Of(
        Presentation presentation, IReadOnlyList<Track> video, IReadOnlyList<Track> audio, IReadOnlyCollection<SegmentRun> runs) =>
        new(presentation, Tracks(video, t => t.With(runs)), Tracks(audio, t => t.With(runs)));

    private static IReadOnlyList<Track> Tracks<T>(IReadOnlyList<T> from, Func<T, Track> track) => [.. from.Select(track)];
}

/// <param name="Track">Its segments.</param>
/// <param name="Index">Its place in <see cref="PresentationView.Video"/> or <see cref="PresentationView.Audio"/>.</param>
/// <param name="IsVideo">Picture or sound.</param>
internal sealed record Rendition(Track Track, int Index, bool IsVideo);

/// <param name="Video">A rung whose codecs are known.</param>
/// <param name="Track">Its segments.</param>
internal sealed record OfferedRung(VideoRendition Video, Track Track);
