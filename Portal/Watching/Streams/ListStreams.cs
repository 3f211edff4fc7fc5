using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Streams;

/// <summary>GET: what plays on the account now.</summary>
internal static class ListStreams
{
    public static async Task<Results<Ok<StreamList>, ProblemHttpResult>> HandleAsync(SeenTitles seen, AccountStreams streams, HttpContext http)
    {
        if (await seen.WatcherAsync(http) is not (Watcher: { } watcher, _)) return WatchingProblems.ProfileNeeded.ToResult();
        var (list, refusal) = await streams.ListAsync(watcher, http.RequestAborted);
        return list is null ? refusal!.ToResult() : TypedResults.Ok(list);
    }
}
