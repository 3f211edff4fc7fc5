using FlickStream.Portal.Catalog.Artwork;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Sharing.Titles;

/// <summary>What may be told of a title to whoever has a link.</summary>
/// <param name="Slug">The last part of its address.</param>
/// <param name="Artwork">None of what is for older ones.</param>
internal sealed record SharedTitle(
    string Id, string Slug, string Kind, string Name, string Language, int? Year, string? Description, IReadOnlyList<ArtworkAnswer> Artwork);

internal sealed class SharedTitles(PublicTitles seen, TitleStore titles, IOptions<SharingOptions> options)
{
    private const int MostOfDescription = 300;

    /// <summary>Null where whoever asks would not see it in the catalog.</summary>
    public async Task<SharedTitle?> FindAsync(string id, HttpContext http, string? language = null)
    {
        if (await seen.FindAsync(id, http, language) is null) return null;
        // The index knows no synopsis; and it may have been behind what is read now: what it has learnt of it decides.
        if (await titles.ReadAsync(id, http.RequestAborted) is not { } title || CatalogRow.Of(title) is null || await seen.FindAsync(id, http, language) is not { } found) return null;
        var (said, isForAll) = (title.Content, found.MinimumAge < options.Value.PictureAge);
        var tongue = Translation.Choose(said.Texts!.Keys, said.OriginalLanguage!, found.Viewing.Language);
        return new(
            id, PublicAddress.SlugOf(said.Texts[said.OriginalLanguage!]!.Name!, id), said.Kind!, said.Texts[tongue]!.Name!, tongue, said.Year,
            isForAll ? Shortened(said.Texts[tongue]!.Synopsis) : null, isForAll ? ArtworkAnswer.For(id, title.Artwork, found.Viewing.Language) : []);
    }

    private static string? Shortened(string? text)
    {
        if (text is null) return null;
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= MostOfDescription) return line.Length == 0 ? null : line;
        var end = line.LastIndexOf(' ', MostOfDescription);
        return $"{line[..(end > 0 ? end : char.IsHighSurrogate(line[MostOfDescription - 1]) ? MostOfDescription - 1 : MostOfDescription)]}…";
    }
}
