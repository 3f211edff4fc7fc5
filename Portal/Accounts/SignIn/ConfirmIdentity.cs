using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.SignIn;

/// <param name="Code">Of the second factor, where there is one.</param>
internal sealed record ConfirmIdentityRequest([property: Required] string? Password, string? Code);

/// <summary>Shows again who sits there, before what is delicate.</summary>
internal static class ConfirmIdentity
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        ConfirmIdentityRequest request, AccountStore accounts, IdentityCheck identity, SessionStore sessions, HttpContext http)
    {
        var (session, stop) = (CallerSession.Of(http), http.RequestAborted);
        if (await identity.RefuseAsync(http, await accounts.GetAsync(session.AccountId, stop), request.Password, request.Code) is { } unknown) return unknown;
        await sessions.ConfirmAsync(session.Id, stop);
        return TypedResults.NoContent();
    }
}
