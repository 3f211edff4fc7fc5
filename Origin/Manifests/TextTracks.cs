using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Manifests;

/// <summary>One text a viewer can choose.</summary>
/// <param name="Text">The rendition.</param>
/// <param name="Name">Shown to viewers; no two have the same.</param>
/// <param name="Language">BCP 47; null when unknown.</param>
/// <param name="IsDefault">Shown when the viewer has not chosen; true for one at most.</param>
/// <param name="IsFirstOfKind">A player may choose it by the viewer's language and needs.</param>
internal sealed record TextTrack(TextRendition Text, string Name, string? Language, bool IsDefault, bool IsFirstOfKind);

internal static class TextTracks
{
    public static IReadOnlyList<TextTrack> Of(Presentation presentation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var kinds = new HashSet<(string, TextRole)>();
        var chosen = presentation.Text.FirstOrDefault(t => t.IsDefault);
        List<TextTrack> tracks = [];
        foreach (var text in presentation.Text)
        {
            var language = AudioTracks.LanguageTag(text.Language);
            var title = PlainText.Of(text.Title);
            var name = title;
            for (var i = 2; !names.Add(name); i++) name = $"{title} ({i})";
            tracks.Add(new TextTrack(text, name, language, text == chosen, kinds.Add((language?.ToUpperInvariant() ?? "", text.Role))));
        }

        return tracks;
    }
}
