using FlickStream.Platform.Access.Sessions;

namespace FlickStream.Portal.Accounts.SignIn;

/// <summary>Signs people in once it is known who they are.</summary>
internal sealed class Entrance(SessionStore sessions, KnownDevice device)
{
    private const int MostOfDevice = 200;

    /// <summary>Always a session of its own: the one the browser came with, if any, is ended, so that nobody can plant one.</summary>
    public async Task<Session> AdmitAsync(Account account, HttpContext http)
    {
        if (SessionCookie.Of(http.Request) is { } before && await sessions.VerifyAsync(before, http.RequestAborted) is { } old)
            await sessions.EndAsync(old.Id, http.RequestAborted);
        var agent = http.Request.Headers.UserAgent.ToString();
        var opened = await sessions.OpenAsync(
            account.Id, account.Role, account.OrganisationId,
            new string([.. agent.Where(c => !char.IsControl(c)).Take(MostOfDevice)]),
            http.Connection.RemoteIpAddress?.ToString() ?? "", http.RequestAborted);
        SessionCookie.Give(http.Response, opened);
        device.Remember(account.Id, http.Response);
        return opened.Session;
    }
}
