using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Editing;

/// <param name="At">When viewers first see it; null: now.</param>
internal sealed record PublishRequest(DateTimeOffset? At = null);

/// <summary>POST: from one state to another, of the revision that If-Match names.</summary>
internal static class MoveTitle
{
    public static Task<Results<Ok<TitleAnswer>, ProblemHttpResult>> PublishAsync(
        string id, PublishRequest? request, TitleEditor editor, TitleStore titles, TitleLinks links, TimeProvider time, HttpContext http) =>
        MoveAsync(id, editor, titles, time, http, links, (title, now) => new(TitleMoves.Publish(title, request?.At, now, out var why), why));

    public static Task<Results<Ok<TitleAnswer>, ProblemHttpResult>> WithdrawAsync(
        string id, TitleEditor editor, TitleStore titles, TimeProvider time, HttpContext http) =>
        MoveAsync(id, editor, titles, time, http, null, (title, now) => new(TitleMoves.Withdraw(title, now, out var why), why));

    public static Task<Results<Ok<TitleAnswer>, ProblemHttpResult>> RedraftAsync(
        string id, TitleEditor editor, TitleStore titles, TimeProvider time, HttpContext http) =>
        MoveAsync(id, editor, titles, time, http, null, (title, now) => new(TitleMoves.Redraft(title, now, out var why), why));

    /// <param name="links">Where what the title names must be there still.</param>
    private static async Task<Results<Ok<TitleAnswer>, ProblemHttpResult>> MoveAsync(
        string id, TitleEditor editor, TitleStore titles, TimeProvider time, HttpContext http, TitleLinks? links,
        Func<Title, DateTimeOffset, TitleResult> move)
    {
        if (await editor.FindAsync(id, http) is not { } before) return TitleProblems.NotFound.ToResult();
        if (!TitleEditor.TryReadIfMatch(http, out var revision, out var refusal)) return refusal!.ToResult();
        if (links is not null && await links.CheckAsync(before.Content, before.OwnerId, new(false, before.Content.AssetId, IsToPlay: true), http.RequestAborted) is { } missing) return missing.ToResult();
        var moved = await titles.EditAsync(id, revision, title => move(title, time.GetUtcNow()), CancellationToken.None);
        if (moved.Title is not { } now) return moved.Refusal!.ToResult();
        TitleEditor.Tag(http, now);
        return TypedResults.Ok(TitleAnswer.Of(now, time.GetUtcNow()));
    }
}
