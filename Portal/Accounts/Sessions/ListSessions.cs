using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Sessions;

internal sealed record SessionList(IReadOnlyList<SessionAnswer> Items);

internal static class ListSessions
{
    public static async Task<Ok<SessionList>> HandleAsync(SessionStore sessions, HttpContext http)
    {
        var asking = CallerSession.Of(http);
        var list = await sessions.ListAsync(asking.AccountId, http.RequestAborted);
        return TypedResults.Ok(new SessionList([.. list.Select(session => SessionAnswer.Of(session, asking.Id))]));
    }
}
