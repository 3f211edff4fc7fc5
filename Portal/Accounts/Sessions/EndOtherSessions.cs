using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Sessions;

/// <param name="Ended">How many.</param>
internal sealed record EndedSessions(int Ended);

internal static class EndOtherSessions
{
    public static async Task<Ok<EndedSessions>> HandleAsync(SessionStore sessions, HttpContext http)
    {
        var asking = CallerSession.Of(http);
        return TypedResults.Ok(new EndedSessions(await sessions.EndAllAsync(asking.AccountId, asking.Id, http.RequestAborted)));
    }
}
