using FlickStream.Portal.Catalog.Artwork;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Editing;

/// <summary>DELETE: gone for everybody at once, its artwork too; <see cref="CatalogSweep"/> removes what a fault left.</summary>
internal static class DeleteTitle
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, TitleEditor editor, TitleStore titles, ArtworkFiles artwork, HttpContext http)
    {
        if (await editor.FindAsync(id, http) is null) return TitleProblems.NotFound.ToResult();
        if (!TitleEditor.TryReadIfMatch(http, out var revision, out var refusal)) return refusal!.ToResult();
        if (await titles.DeleteAsync(id, revision) is { } why) return why.ToResult();
        await artwork.RemoveAllAsync(id, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
