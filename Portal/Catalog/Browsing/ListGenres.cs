using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Browsing;

/// <param name="Id">What titles and filters call it.</param>
/// <param name="Name">In English.</param>
/// <param name="Titles">Movies and series that may be seen.</param>
internal sealed record GenreAnswer(string Id, string Name, int Titles);

internal sealed record GenreList(IReadOnlyList<GenreAnswer> Items);

internal static class ListGenres
{
    public static async Task<Ok<GenreList>> HandleAsync(CatalogIndex index, ViewingReader reader, TimeProvider time, HttpContext http)
    {
        var viewing = await reader.ReadAsync(http, null);
        var view = (await index.NowAsync(http.RequestAborted)).ViewOf(viewing.Region, time.GetUtcNow());
        var found = CatalogFinder.Find(view, new BrowseRequest { Facets = true, Limit = 1 }, viewing.MaximumAge, null);
        var counts = found.Facets!.Genre.ToDictionary(count => count.Value, count => count.Count);
        return TypedResults.Ok(new GenreList(
        [
            .. Genres.Names.OrderBy(genre => genre.Key, StringComparer.Ordinal).Select(genre => new GenreAnswer(genre.Key, genre.Value, counts.GetValueOrDefault(genre.Key))),
        ]));
    }
}
