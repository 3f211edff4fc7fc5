using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Sessions;

internal static class EndSession
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(string id, SessionStore sessions, HttpContext http)
    {
        var mine = await sessions.ListAsync(CallerSession.Of(http).AccountId, http.RequestAborted);
        return mine.Any(session => session.Id == id) && await sessions.EndAsync(id, http.RequestAborted)
            ? TypedResults.NoContent() : AccountProblems.SessionNotFound.ToResult();
    }
}
