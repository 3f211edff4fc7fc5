using FlickStream.Platform.Access;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Editing;

/// <summary>POST: a draft.</summary>
internal static class CreateTitle
{
    /// <param name="organisationId">For administrators: whose it shall be.</param>
    public static async Task<Results<Created<TitleAnswer>, ProblemHttpResult>> HandleAsync(
        TitleContent content, TitleEditor editor, TitleStore titles, TitleLinks links, TimeProvider time, HttpContext http, string? organisationId = null)
    {
        var (owner, refusal) = await editor.OwnerAsync(organisationId, http);
        if (owner is null) return refusal!.ToResult();
        if (TitleRules.Tidy(content, out refusal) is not { } tidied) return refusal!.ToResult();
        if (await links.CheckAsync(tidied, owner, new(Caller.Of(http).IsAdmin), http.RequestAborted) is { } missing) return missing.ToResult();
        var added = await titles.AddAsync(New(tidied, owner, time.GetUtcNow()), CancellationToken.None);
        if (added.Title is not { } title) return added.Refusal!.ToResult();
        TitleEditor.Tag(http, title);
        return TypedResults.Created($"/api/studio/titles/{title.Id}", TitleAnswer.Of(title, time.GetUtcNow()));
    }

    public static Title New(TitleContent content, string ownerId, DateTimeOffset now)
    {
        var id = TitleStore.NewId();
        return new Title
        {
            Id = id, OwnerId = ownerId, Content = content with { ExternalId = content.ExternalId ?? id }, Revision = 1, CreatedAt = now, ChangedAt = now,
        };
    }
}
