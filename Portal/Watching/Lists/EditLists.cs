using System.ComponentModel.DataAnnotations;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Lists;

/// <param name="Name">1..60 characters.</param>
internal sealed record NameListRequest([property: Required] string? Name);

/// <param name="Titles">How many it holds, with those that the profile does not see now.</param>
internal sealed record ListAnswer(string Id, string Name, int Titles, DateTimeOffset CreatedAt)
{
    public static ListAnswer Of(NamedList list) => new(list.Id, list.Name, list.Titles.Count, list.CreatedAt);
}

/// <summary>Makes lists, names them, puts titles on them and takes them off; doing it again changes nothing.</summary>
internal static class EditLists
{
    private const int MostOfName = 60;

    public static async Task<Results<Created<ListAnswer>, ProblemHttpResult>> CreateAsync(
        NameListRequest request, SeenTitles seen, ListStore lists, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (NameOf(request) is not { } name) return WatchingProblems.ListNameInvalid.ToResult();
        return await lists.AddAsync(watcher.Profile, name, CancellationToken.None) is { } list
            ? TypedResults.Created($"/api/lists/{list.Id}", ListAnswer.Of(list)) : WatchingProblems.TooManyLists.ToResult();
    }

    public static async Task<Results<Ok<ListAnswer>, ProblemHttpResult>> RenameAsync(
        string id, NameListRequest request, SeenTitles seen, ListStore lists, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (NameOf(request) is not { } name) return WatchingProblems.ListNameInvalid.ToResult();
        return await lists.GetAsync(watcher.Profile.Id, id, http.RequestAborted) is not null && await lists.RenameAsync(id, name, CancellationToken.None) is { } list
            ? TypedResults.Ok(ListAnswer.Of(list)) : WatchingProblems.ListNotFound.ToResult();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> AddAsync(string id, string titleId, SeenTitles seen, ListStore lists, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (await lists.GetAsync(watcher.Profile.Id, id, http.RequestAborted) is null) return WatchingProblems.ListNotFound.ToResult();
        if (watcher.Find(titleId) is null) return TitleProblems.NotFound.ToResult();
        return await lists.AddTitleAsync(id, titleId, CancellationToken.None) ? TypedResults.NoContent() : WatchingProblems.WatchlistFull.ToResult();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string id, string titleId, SeenTitles seen, ListStore lists, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (await lists.GetAsync(watcher.Profile.Id, id, http.RequestAborted) is null) return WatchingProblems.ListNotFound.ToResult();
        await lists.RemoveTitleAsync(id, titleId, CancellationToken.None);
        return TypedResults.NoContent();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, SeenTitles seen, ListStore lists, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (await lists.GetAsync(watcher.Profile.Id, id, http.RequestAborted) is null) return WatchingProblems.ListNotFound.ToResult();
        await lists.DeleteAsync(id, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static string? NameOf(NameListRequest request) =>
        request.Name?.Trim() is { Length: > 0 and <= MostOfName } name && TitleRules.IsLine(name) ? name : null;
}
