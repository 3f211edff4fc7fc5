using FlickStream.Platform.Access;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Editing;

/// <summary>PUT: another content, of the revision that If-Match names.</summary>
internal static class EditTitle
{
    public static async Task<Results<Ok<TitleAnswer>, ProblemHttpResult>> HandleAsync(
        string id, TitleContent content, TitleEditor editor, TitleStore titles, TitleLinks links, TimeProvider time, HttpContext http)
    {
        if (await editor.FindAsync(id, http) is not { } before) return TitleProblems.NotFound.ToResult();
        if (!TitleEditor.TryReadIfMatch(http, out var revision, out var refusal)) return refusal!.ToResult();
        if (TitleRules.Tidy(content, out refusal) is not { } tidied) return refusal!.ToResult();
        if (await links.CheckAsync(tidied, before.OwnerId, new(Caller.Of(http).IsAdmin, before.Content.AssetId), http.RequestAborted) is { } missing) return missing.ToResult();
        var edited = await titles.EditAsync(id, revision, title => new(TitleMoves.Edit(title, tidied, out var why), why), CancellationToken.None);
        if (edited.Title is not { } now) return edited.Refusal!.ToResult();
        TitleEditor.Tag(http, now);
        return TypedResults.Ok(TitleAnswer.Of(now, time.GetUtcNow()));
    }
}
