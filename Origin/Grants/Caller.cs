using System.Security.Claims;

namespace FlickStream.Origin.Grants;

/// <summary>Who asks: the API key's id.</summary>
internal static class Caller
{
    public static string Id(HttpContext http) => http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
}
