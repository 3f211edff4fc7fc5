using System.Security.Claims;

namespace FlickStream.Origin.Grants;

/// <summary>Who asks: the API key's id. The routes' policy lets nobody through who has none.</summary>
internal static class Caller
{
    public static string Id(HttpContext http) =>
        http.User.FindFirstValue(ClaimTypes.NameIdentifier)
            ?? throw new InvalidOperationException("A request without a key passed the policy.");
}
