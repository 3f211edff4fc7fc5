using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Watching.Playing;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>What the genres and languages of a profile say of a model's titles.</summary>
internal static class StatedTastes
{
    /// <summary>Null of a profile that states nothing.</summary>
    public static StatedTaste? Of(Watcher watcher, TitleModel titled)
    {
        if (watcher.Profile.Content is { FavouriteGenres: null or [], Languages: null or [] }) return null;
        var (snapshot, content) = (watcher.View.Snapshot, watcher.Profile.Content);
        var matches = new StatedMatch[snapshot.Rows];
        foreach (var row in (content.FavouriteGenres ?? []).SelectMany(genre => snapshot.With(Facet.Genre, genre))) matches[row] |= StatedMatch.Genre;
        foreach (var row in (content.Languages ?? []).SelectMany(snapshot.OriginalsLike).SelectMany(original => snapshot.With(Facet.Language, original))) matches[row] |= StatedMatch.Language;
        return new(Array.ConvertAll(RowMap.Of(snapshot, titled), row => row < 0 ? StatedMatch.None : matches[row]));
    }
}
