using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.OwnAccount;

/// <summary>What is not given stays as it is.</summary>
internal sealed record ChangeAccountRequest(string? Language, string? TimeZone);

internal static class ChangeAccount
{
    public static async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> HandleAsync(
        ChangeAccountRequest request, AccountStore accounts, HttpContext http)
    {
        if (Locale.Check(request.Language, request.TimeZone) is { } unknown) return unknown.ToResult();
        var session = CallerSession.Of(http);
        var changed = await accounts.ChangeAsync(
            session.AccountId,
            account => account with { Language = request.Language ?? account.Language, TimeZone = request.TimeZone ?? account.TimeZone },
            http.RequestAborted);
        return changed is null ? AccountProblems.SessionNotFound.ToResult() : TypedResults.Ok(AccountAnswer.Of(changed, session));
    }
}
