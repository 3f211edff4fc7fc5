using FlickStream.Platform.Access.Sessions;

namespace FlickStream.Portal.Accounts.SignIn;

/// <summary>Signs people in once it is known who they are.</summary>
internal sealed class Entrance(SessionStore sessions, AccountStore accounts, KnownDevice device)
{
    private const int MostOfDevice = 200;

    /// <summary>Always a session of its own: the one the browser came with, if any, is ended, so that nobody can plant one.</summary>
    /// <param name="account">As it was when its owner was known by it.</param>
    /// <param name="http">The request.</param>
    /// <returns>Null when the account is no longer so: whoever changed it meant to end its sessions, and this one was not there yet.</returns>
    public async Task<Session?> AdmitAsync(Account account, HttpContext http)
    {
        if (SessionCookie.Of(http.Request) is { } before && await sessions.VerifyAsync(before, http.RequestAborted) is { } old)
            await sessions.EndAsync(old.Id, http.RequestAborted);
        var agent = http.Request.Headers.UserAgent.ToString();
        var opened = await sessions.OpenAsync(
            account.Id, account.Role, account.OrganisationId,
            new string([.. agent.Where(c => !char.IsControl(c)).Take(MostOfDevice)]),
            http.Connection.RemoteIpAddress?.ToString() ?? "", http.RequestAborted);
        if (await accounts.GetAsync(account.Id, CancellationToken.None) is not { } now
            || (now.Role, now.OrganisationId, now.PasswordHash, now.IsBeingDeleted) != (account.Role, account.OrganisationId, account.PasswordHash, false))
        {
            await sessions.EndAsync(opened.Session.Id, CancellationToken.None);
            return null;
        }

        SessionCookie.Give(http.Response, opened);
        device.Remember(account, http.Response);
        return opened.Session;
    }
}
