using FlickStream.Platform.Http;
using FlickStream.Platform.Languages;
using FlickStream.Portal.Catalog.Editing;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Artwork;

/// <summary>DELETE: the image of a role. Its files stay as long as pages that show it may.</summary>
internal static class RemoveArtwork
{
    /// <param name="language">Of words in it; null for the one for all.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, [OneOf(typeof(ArtworkRoles))] string role, TitleEditor editor, TitleStore titles, TimeProvider time, HttpContext http, string? language = null)
    {
        if (await editor.FindAsync(id, http) is null) return TitleProblems.NotFound.ToResult();
        var of = LanguageTags.Shortest(language);
        if (language is not null && of is null) return TitleProblems.LanguageInvalid.ToResult();
        var removed = await titles.EditAsync(id, null, title => Without(title, role, of, time.GetUtcNow()), CancellationToken.None);
        if (removed.Refusal is { } refusal) return refusal.ToResult();
        TitleEditor.Tag(http, removed.Title!);
        return TypedResults.NoContent();
    }

    private static TitleResult Without(Title title, string role, string? language, DateTimeOffset now)
    {
        var gone = title.Artwork.Where(image => (image.Role, image.Language) == (role, language)).ToList();
        return gone.Count == 0 ? new Refusal(ArtworkProblems.NotFound) : new TitleResult(
            title with
            {
                Artwork = [.. title.Artwork.Except(gone)], SpareArtwork = [.. title.SpareArtwork, .. gone.Select(image => new SpareArtwork(image.Id, now))],
            },
            null);
    }
}
