using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Watching.Streams;

/// <summary>DELETE: its player is stopped within seconds, and its place is free at once.</summary>
internal static class EndStream
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(string id, AccountStreams streams, HttpContext http) =>
        await streams.EndAsync(CallerSession.Of(http).AccountId, id, CancellationToken.None) is { } refusal ? refusal.ToResult() : TypedResults.NoContent();
}
