using System.Security.Claims;

namespace FlickStream.Ingest.Uploads;

/// <summary>Who asks: the API key's id, and whether it may see what other keys brought.</summary>
internal sealed record Caller(string Id, bool IsAdmin)
{
    public static Caller Of(HttpContext http) => new(
        http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", false);

    public bool MaySee(string owner) => IsAdmin || owner == Id;
}
