using Microsoft.AspNetCore.Http;

namespace FlickStream.Platform.Access.Sessions;

/// <summary>Where a browser keeps its session: no script reads it, no other host sets it, and no other site's page sends it along with what
/// changes anything. Browsers take localhost for safe without TLS.</summary>
public static class SessionCookie
{
    /// <summary>The prefix makes browsers insist on Secure, Path=/ and no Domain (RFC 6265bis, 4.1.3.2).</summary>
    public const string Name = "__Host-flickstream";

    public static string? Of(HttpRequest request) => request.Cookies[Name] is { Length: > 0 } text ? text : null;

    public static void Give(HttpResponse response, OpenedSession session) =>
        response.Cookies.Append(Name, session.Text, Flags(session.Session.EndsAt));

    public static void Take(HttpResponse response) => response.Cookies.Delete(Name, Flags(null));

    private static CookieOptions Flags(DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };
}
