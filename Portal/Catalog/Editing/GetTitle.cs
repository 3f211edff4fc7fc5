using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Editing;

internal static class GetTitle
{
    public static async Task<Results<Ok<TitleAnswer>, ProblemHttpResult>> HandleAsync(string id, TitleEditor editor, TimeProvider time, HttpContext http)
    {
        if (await editor.FindAsync(id, http) is not { } title) return TitleProblems.NotFound.ToResult();
        TitleEditor.Tag(http, title);
        return TypedResults.Ok(TitleAnswer.Of(title, time.GetUtcNow()));
    }
}
