using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Sessions;
using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Users;

/// <summary>Signs somebody out everywhere.</summary>
internal static class EndUserSessions
{
    public static async Task<Results<Ok<EndedSessions>, ProblemHttpResult>> HandleAsync(
        string id, AccountStore accounts, SessionStore sessions, AuditLog audit, HttpContext http)
    {
        if (await accounts.GetAsync(id, http.RequestAborted) is null) return UserProblems.NotFound.ToResult();
        await audit.AddAsync(http, "sessions_ended", $"account:{id}", "");
        return TypedResults.Ok(new EndedSessions(await sessions.EndAllAsync(id, null, CancellationToken.None)));
    }
}
