using System.Text.RegularExpressions;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Manifests;

/// <summary>One sound track a viewer can choose, in each quality it has.</summary>
/// <param name="Name">Shown to viewers; no two tracks have the same.</param>
/// <param name="Language">BCP 47; null when unknown.</param>
/// <param name="Role">What it is for.</param>
/// <param name="IsDefault">Played when the viewer has not chosen; of one track only.</param>
/// <param name="IsAutomatic">A player may choose it by the viewer's language and needs.</param>
/// <param name="Qualities">The same track once in each group that has it.</param>
internal sealed record AudioTrack(
    string Name,
    string? Language,
    AudioRole Role,
    bool IsDefault,
    bool IsAutomatic,
    IReadOnlyList<(AudioRendition Audio, Track Track)> Qualities)
{
    /// <summary>What a viewer of a group hears of this track: all groups must offer the same tracks (RFC 8216, 4.3.4.1.1), so a track
    /// without sound around is in its group as the stereo it is.</summary>
    public (AudioRendition Audio, Track Track) In(string group) =>
        Qualities.Where(q => q.Audio.Group == group).Concat(Qualities.Where(q => !AudioTracks.IsSurround(q.Audio))
            .OrderByDescending(q => q.Audio.BitsPerSecond)).Concat(Qualities).First();
}

internal static partial class AudioTracks
{
    /// <summary>The renditions as tracks.</summary>
    public static IReadOnlyList<AudioTrack> Of(PresentationView view)
    {
        var tracks = view.Presentation.Audio.Zip(view.Audio)
            .GroupBy(q => q.First.Group, StringComparer.Ordinal)
            .SelectMany(group => group.Select((quality, i) => (quality, track: quality.First.Track > 0 ? quality.First.Track : i + 1)))
            .GroupBy(q => q.track, q => q.quality)
            .OrderBy(track => track.Key)
            .Select(track => track.ToList())
            .ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var chosen = Math.Max(0, tracks.FindIndex(track => track[0].First.IsDefault));
        // No two that players may choose by themselves are for the same viewers (RFC 8216, 4.3.4.1.1).
        HashSet<(string?, AudioRole)> viewers = tracks.Count == 0 ? [] : [ViewersOf(tracks[chosen][0].First)];
        return [.. tracks.Select((track, i) =>
        {
            var audio = track[0].First;
            var title = PlainText.Of(audio.Title);
            var name = title;
            for (var n = 2; !names.Add(name); n++) name = $"{title} ({n})";
            var isAutomatic = i == chosen || (audio.Role != AudioRole.Commentary && viewers.Add(ViewersOf(audio)));
            return new AudioTrack(name, LanguageTag(audio.Language), audio.Role, i == chosen, isAutomatic, track);
        })];
    }

    public static bool IsSurround(AudioRendition audio) => audio.Channels > 2;

    /// <summary>
    /// The sound groups that a rung is offered with, what every player can play first; one that is null for a silent title. Sound may take a
    /// quarter of what the picture may, so that the smallest variants stay small (Apple asks for one at or under 192 kb/s); the poorest group
    /// where none is small enough. The largest rung of a ladder has the best, or a small title would never be heard as well as its master; where it is
    /// the only one, it is offered with both. Sound around goes with the rungs for large screens, and with the largest of a small title: a
    /// variant more for each of all rungs would tell players nothing.
    /// </summary>
    public static IReadOnlyList<string?> GroupsFor(Presentation presentation, VideoRendition rung)
    {
        var ladder = LadderOf(presentation, rung);
        var isLargest = rung == ladder[0];
        var groups = presentation.Audio.Where(a => !IsSurround(a)).ToList();
        var best = groups.MaxBy(a => a.BitsPerSecond)?.Group;
        var small = (groups.Where(a => a.BitsPerSecond <= rung.BitsPerSecond / 4).MaxBy(a => a.BitsPerSecond) ?? groups.MinBy(a => a.BitsPerSecond))?.Group;
        List<string?> offered = [isLargest ? best : small];
        if (ladder.Count == 1 && small != best) offered.Add(small);
        var isLarge = Math.Min(rung.Width, rung.Height) >= 720 || Math.Max(rung.Width, rung.Height) >= 1280 || isLargest;
        if (isLarge && presentation.Audio.FirstOrDefault(IsSurround) is { Group: var surround }) offered.Add(surround);
        return offered;
    }

    private static List<VideoRendition> LadderOf(Presentation presentation, VideoRendition rung) =>
        [.. presentation.Video.Where(v => v.Ladder == rung.Ladder)];

    private static (string?, AudioRole) ViewersOf(AudioRendition audio) =>
        (LanguageTag(audio.Language)?.ToUpperInvariant(), audio.Role == AudioRole.Dub ? AudioRole.Main : audio.Role);

    /// <summary>A tag comes from the master: only what BCP 47 could mean goes on.</summary>
    public static string? LanguageTag(string? language) => language is not null && Tag().IsMatch(language) ? language : null;

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
