using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace FlickStream.Platform.Access;

/// <summary>Who asks: the API key's id, and whether it may see what other keys brought. Only for routes whose policy lets nobody
/// through without a key.</summary>
public sealed record Caller(string Id, bool IsAdmin)
{
    /// <summary>The key that the request was admitted by.</summary>
    public static Caller Of(HttpContext http) => new(
        http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("A request without a key passed the policy."),
        http.User.HasClaim(BearerKeyHandler.ScopeClaim, Scopes.Admin));

    /// <summary>Whether this caller may see what <paramref name="owner"/> brought.</summary>
    public bool MaySee(string owner) => IsAdmin || owner == Id;
}
