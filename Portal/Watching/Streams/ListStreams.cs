using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Streams;

/// <summary>GET: what plays on the account now.</summary>
internal static class ListStreams
{
    public static async Task<Results<Ok<StreamList>, ProblemHttpResult>> HandleAsync(SeenTitles seen, AccountStreams streams, HttpContext http) =>
        await seen.WatcherAsync(http) is (Watcher: { } watcher, _)
            ? TypedResults.Ok(await streams.ListAsync(watcher, http.RequestAborted)) : WatchingProblems.ProfileNeeded.ToResult();
}
