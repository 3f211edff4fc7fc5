using System.Security.Claims;
using FlickStream.Platform.Access;

namespace FlickStream.Ingest.Uploads;

/// <summary>Who asks: the API key's id, and whether it may see what other keys brought. The routes' policy lets nobody through
/// without a key.</summary>
internal sealed record Caller(string Id, bool IsAdmin)
{
    public static Caller Of(HttpContext http) => new(
        http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("A request without a key passed the policy."),
        http.User.HasClaim("scope", Scopes.Admin));

    public bool MaySee(string owner) => IsAdmin || owner == Id;
}
