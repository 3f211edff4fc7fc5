using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Keys;

/// <summary>Which of a title's keys a grant opens: those of renditions that it opens.</summary>
internal static class GrantedKeys
{
    /// <param name="view">The title.</param>
    /// <param name="height">Larger pictures are not for the grant.</param>
    public static IEnumerable<TitleKey> Of(PresentationView view, int height)
    {
        if (view.Keys is not { } title) yield break;
        var uses = view.Presentation.Video.Where(video => Math.Min(video.Width, video.Height) <= height).Select(KeyUses.Of).Append(KeyUse.Audio).ToHashSet();
        foreach (var key in title.Keys.Where(key => uses.Contains(key.Use))) yield return key;
    }
}
