using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Reviews;
using FlickStream.Portal.Reviews.Words;
using FlickStream.Portal.Watching;
using FlickStream.Portal.Watching.Lists;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Sharing.Lists;

/// <param name="Name">1..60 characters, for those who read it.</param>
internal sealed record ShareListRequest([property: Required] string? Name);

/// <param name="Url">To send to others; whoever has it reads the list.</param>
/// <param name="Slug">Its last part, for <c>GET /api/shared-lists</c>.</param>
internal sealed record SharedListAnswer(string Url, string Slug, string Name, DateTimeOffset Since);

/// <summary>GET, PUT and DELETE: whether the profile's watchlist, or a list of its own, is shared. Taken back, its link opens nothing, and sharing it
/// again makes another.</summary>
internal static class ShareOwnList
{
    private const int MostOfName = 60;

    public static Task<Results<Ok<SharedListAnswer>, ProblemHttpResult>> ShowWatchlistAsync(
        SeenTitles seen, SharedListStore shares, PublicAddress address, HttpContext http) => ShowAsync(null, seen, shares, address, http);

    public static async Task<Results<Ok<SharedListAnswer>, ProblemHttpResult>> ShareWatchlistAsync(
        ShareListRequest request, SeenTitles seen, SharedListStore shares, WordStore words, PublicAddress address, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (ReviewText.Tidy(request.Name) is not { Length: <= MostOfName } name || !TitleRules.IsLine(name) || !ReviewText.IsText(name))
            return WatchingProblems.ListNameInvalid.ToResult();
        return await ShareAsync(watcher, null, name, shares, words, address, http);
    }

    public static Task<Results<NoContent, ProblemHttpResult>> TakeBackWatchlistAsync(SeenTitles seen, SharedListStore shares, HttpContext http) =>
        TakeBackAsync(null, seen, shares, http);

    public static Task<Results<Ok<SharedListAnswer>, ProblemHttpResult>> ShowListAsync(
        string id, SeenTitles seen, SharedListStore shares, PublicAddress address, HttpContext http) => ShowAsync(id, seen, shares, address, http);

    public static async Task<Results<Ok<SharedListAnswer>, ProblemHttpResult>> ShareListAsync(
        string id, SeenTitles seen, ListStore lists, SharedListStore shares, WordStore words, PublicAddress address, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        return await lists.GetAsync(watcher.Profile.Id, id, http.RequestAborted) is { } list
            ? await ShareAsync(watcher, id, list.Name, shares, words, address, http) : WatchingProblems.ListNotFound.ToResult();
    }

    public static Task<Results<NoContent, ProblemHttpResult>> TakeBackListAsync(string id, SeenTitles seen, SharedListStore shares, HttpContext http) =>
        TakeBackAsync(id, seen, shares, http);

    private static async Task<Results<Ok<SharedListAnswer>, ProblemHttpResult>> ShowAsync(
        string? listId, SeenTitles seen, SharedListStore shares, PublicAddress address, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        return !watcher.Profile.Content.IsKids && await shares.FindAsync(watcher.Profile.Id, listId, http.RequestAborted) is { } shared
            ? TypedResults.Ok(Answer(shared, address, http)) : SharingProblems.NotShared.ToResult();
    }

    private static async Task<Results<Ok<SharedListAnswer>, ProblemHttpResult>> ShareAsync(
        Watcher watcher, string? listId, string name, SharedListStore shares, WordStore words, PublicAddress address, HttpContext http)
    {
        if (watcher.Profile.Content.IsKids) return SharingProblems.NotForKids.ToResult();
        if (!ReviewText.IsText(name) || (await words.ListAsync(http.RequestAborted)).Has(name)) return SharingProblems.NameRefused.ToResult();
        return TypedResults.Ok(Answer(await shares.ShareAsync(watcher.Profile, listId, name, CancellationToken.None), address, http));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeBackAsync(string? listId, SeenTitles seen, SharedListStore shares, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        await shares.TakeBackAsync(watcher.Profile.Id, listId, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static SharedListAnswer Answer(Stored<SharedList> shared, PublicAddress address, HttpContext http) =>
        new($"{address.Of(http)}{PublicAddress.Lists}{shared.Id}", shared.Id, shared.Value.Name, shared.Value.Since);
}
