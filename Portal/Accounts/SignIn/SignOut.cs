using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.SignIn;

internal static class SignOut
{
    public static async Task<NoContent> HandleAsync(SessionStore sessions, HttpContext http)
    {
        await sessions.EndAsync(CallerSession.Of(http).Id, http.RequestAborted);
        SessionCookie.Take(http.Response);
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return TypedResults.NoContent();
    }
}
