using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Accounts.SecondFactors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts.SignIn;

/// <summary>Signs people in once it is known who they are.</summary>
internal sealed class Entrance(SessionStore sessions, AccountStore accounts, KnownDevice device, IOptions<SecondFactorOptions> factor)
{
    private const int MostOfDevice = 200;

    /// <summary>The answer to somebody who has shown who they are.</summary>
    /// <param name="account">As it was when its owner was known by it.</param>
    /// <param name="http">The request.</param>
    /// <param name="isTwofold">Whether more than a password was shown.</param>
    /// <param name="changed">Where the account is no longer so.</param>
    public async Task<Results<Ok<AccountAnswer>, ProblemHttpResult>> AnswerAsync(Account account, HttpContext http, bool isTwofold, Problem changed)
    {
        // Only to its owner: to others it is like any account.
        if (account.Suspension is not null) return AccountProblems.Suspended.ToResult();
        return await AdmitAsync(account, http, isTwofold) is { } session ? TypedResults.Ok(AccountAnswer.Of(account, session)) : changed.ToResult();
    }

    /// <summary>Always a session of its own: the one the browser came with, if any, is ended, so that nobody can plant one.</summary>
    /// <param name="account">As it was when its owner was known by it.</param>
    /// <param name="http">The request.</param>
    /// <param name="isTwofold">Whether more than a password was shown. Without, roles that need it get a viewer's session, in which a second factor
    /// can be added.</param>
    /// <returns>Null when the account is no longer so: whoever changed it meant to end its sessions, and this one was not there yet.</returns>
    public async Task<Session?> AdmitAsync(Account account, HttpContext http, bool isTwofold)
    {
        if (SessionCookie.Of(http.Request) is { } before && await sessions.VerifyAsync(before, http.RequestAborted) is { } old)
            await sessions.EndAsync(old.Id, http.RequestAborted);
        var agent = http.Request.Headers.UserAgent.ToString();
        var isLimited = !isTwofold && factor.Value.RequiredFor.Contains(account.Role);
        var opened = await sessions.OpenAsync(
            account.Id, isLimited ? Roles.Viewer : account.Role, isLimited ? null : account.OrganisationId,
            new string([.. agent.Where(c => !char.IsControl(c)).Take(MostOfDevice)]),
            http.Connection.RemoteIpAddress?.ToString() ?? "", http.RequestAborted);
        if (await accounts.GetAsync(account.Id, CancellationToken.None) is not { IsBeingDeleted: false, Suspension: null } now || What(now) != What(account))
        {
            await sessions.EndAsync(opened.Session.Id, CancellationToken.None);
            return null;
        }

        SessionCookie.Give(http.Response, opened);
        device.Remember(account, http.Response);
        return opened.Session;
    }

    private static (string Role, string? Organisation, string Password, long? FactorSince) What(Account account) =>
        (account.Role, account.OrganisationId, account.PasswordHash, account.SecondFactor?.Since.ToUnixTimeMilliseconds());
}
