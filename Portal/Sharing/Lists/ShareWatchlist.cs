using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Reviews;
using FlickStream.Portal.Reviews.Words;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Sharing.Lists;

/// <param name="Name">1..60 characters, for those who read it.</param>
internal sealed record ShareListRequest([property: Required] string? Name);

/// <param name="Url">To send to others; whoever has it reads the list.</param>
/// <param name="Slug">Its last part, for <c>GET /api/lists</c>.</param>
internal sealed record SharedListAnswer(string Url, string Slug, string Name, DateTimeOffset Since);

/// <summary>GET, PUT and DELETE: whether the profile's watchlist is shared. Taken back, its link opens nothing, and sharing it again makes another.</summary>
internal static class ShareWatchlist
{
    private const int MostOfName = 60;

    public static async Task<Results<Ok<SharedListAnswer>, ProblemHttpResult>> ShowAsync(SeenTitles seen, SharedListStore lists, PublicAddress address, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        return await lists.OfProfileAsync(watcher.Profile.Id, http.RequestAborted) is { } shared ? TypedResults.Ok(Answer(shared, address, http)) : SharingProblems.NotShared.ToResult();
    }

    public static async Task<Results<Ok<SharedListAnswer>, ProblemHttpResult>> HandleAsync(
        ShareListRequest request, SeenTitles seen, SharedListStore lists, WordStore words, PublicAddress address, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (watcher.Profile.Content.IsKids) return SharingProblems.NotForKids.ToResult();
        if (ReviewText.Tidy(request.Name) is not { Length: <= MostOfName } name || !TitleRules.IsLine(name) || !ReviewText.IsText(name)) return SharingProblems.NameInvalid.ToResult();
        if ((await words.ListAsync(http.RequestAborted)).Has(name)) return SharingProblems.NameRefused.ToResult();
        return TypedResults.Ok(Answer(await lists.ShareAsync(watcher.Profile, name, CancellationToken.None), address, http));
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> TakeBackAsync(SeenTitles seen, SharedListStore lists, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        await lists.TakeBackAsync("profile", watcher.Profile.Id, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static SharedListAnswer Answer(Stored<SharedList> shared, PublicAddress address, HttpContext http) =>
        new($"{address.Of(http)}{PublicAddress.Lists}{shared.Id}", shared.Id, shared.Value.Name, shared.Value.Since);
}
