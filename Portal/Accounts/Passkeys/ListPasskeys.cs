using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.Passkeys;

internal sealed record PasskeyList(IReadOnlyList<PasskeyAnswer> Items);

internal static class ListPasskeys
{
    public static async Task<Ok<PasskeyList>> HandleAsync(PasskeyStore passkeys, HttpContext http) => TypedResults.Ok(
        new PasskeyList([.. (await passkeys.ListAsync(CallerSession.Of(http).AccountId, http.RequestAborted)).Select(PasskeyAnswer.Of)]));
}
