using FlickStream.Platform.Access.Sessions;

namespace FlickStream.Portal.Accounts.Sessions;

/// <param name="Device">The browser, as it calls itself.</param>
/// <param name="Address">Where it signed in from.</param>
/// <param name="IsThis">Whether it is the one that asks.</param>
internal sealed record SessionAnswer(
    string Id, string Device, string Address, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, bool IsThis)
{
    public static SessionAnswer Of(Session session, string? asking) => new(
        session.Id, session.Device, session.Address, session.CreatedAt, session.SeenAt, session.ExpiresAt, session.Id == asking);
}
