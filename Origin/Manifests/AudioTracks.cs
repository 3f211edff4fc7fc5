using System.Text.RegularExpressions;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Manifests;

/// <summary>One sound track a viewer can choose, in each quality it has.</summary>
/// <param name="Name">Shown to viewers; no two tracks have the same.</param>
/// <param name="Language">BCP 47; null when unknown.</param>
/// <param name="IsDefault">Played when the viewer has not chosen; of one track only.</param>
/// <param name="IsFirstOfLanguage">A player may choose it by the viewer's language.</param>
/// <param name="Qualities">The same track once in each group.</param>
internal sealed record AudioTrack(
    string Name, string? Language, bool IsDefault, bool IsFirstOfLanguage, IReadOnlyList<(AudioRendition Audio, Track Track)> Qualities);

internal static partial class AudioTracks
{
    /// <summary>The renditions as tracks: the k-th of every group is one track's.</summary>
    public static IReadOnlyList<AudioTrack> Of(PresentationView view)
    {
        var qualities = view.Presentation.Audio.Zip(view.Audio)
            .GroupBy(q => q.First.Group, StringComparer.Ordinal)
            .SelectMany(group => group.Select((quality, track) => (quality, track)))
            .ToLookup(q => q.track, q => q.quality);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var languages = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var chosen = qualities.FirstOrDefault(track => track.First().First.IsDefault)?.Key ?? 0;
        List<AudioTrack> tracks = [];
        foreach (var track in qualities)
        {
            var audio = track.First().First;
            var language = LanguageTag(audio.Language);
            var title = PlainText.Of(audio.Title);
            var name = title;
            for (var i = 2; !names.Add(name); i++) name = $"{title} ({i})";
            tracks.Add(new AudioTrack(name, language, track.Key == chosen, languages.Add(language ?? ""), [.. track]));
        }

        return tracks;
    }

    /// <summary>The sound group for a rung: sound may take a quarter of what the picture may, so that the smallest variants stay small
    /// (Apple asks for one at or under 192 kb/s); the poorest group where none is small enough. The largest of a ladder of several has the best,
    /// or a small title would never be heard as well as its master. Null for a silent title.</summary>
    public static string? GroupFor(Presentation presentation, VideoRendition rung)
    {
        var ladder = presentation.Video.Where(v => v.Ladder == rung.Ladder).ToList();
        var isLargestOfSeveral = ladder.Count > 1 && rung == ladder[0];
        var most = isLargestOfSeveral ? int.MaxValue : rung.BitsPerSecond / 4;
        return (presentation.Audio.Where(a => a.BitsPerSecond <= most).MaxBy(a => a.BitsPerSecond)
            ?? presentation.Audio.MinBy(a => a.BitsPerSecond))?.Group;
    }

    /// <summary>A tag comes from the master: only what BCP 47 could mean goes on.</summary>
    public static string? LanguageTag(string? language) => language is not null && Tag().IsMatch(language) ? language : null;

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
