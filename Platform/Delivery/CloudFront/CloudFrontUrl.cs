using System.Buffers;

namespace FlickStream.Platform.Delivery.CloudFront;

/// <summary>The address that media lie under. CloudFront compares a policy's resource with the URL as the player sent it, character by
/// character, so it may hold only what no player spells in two ways.</summary>
internal static class CloudFrontUrl
{
    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");

    /// <summary>With a closing slash, and names of hosts in their ASCII form.</summary>
    public static string RootOf(Uri baseUrl)
    {
        var port = baseUrl.IsDefaultPort ? "" : $":{baseUrl.Port}";
        return $"https://{baseUrl.IdnHost}{port}{baseUrl.AbsolutePath.TrimEnd('/')}/";
    }

    /// <summary>Why media cannot lie there; null when they can.</summary>
    public static string? WhyNot(Uri? baseUrl) => baseUrl switch
    {
        null => "is not set; name the address that the distribution serves",
        { IsAbsoluteUri: false } => "is not an absolute address; begin it with https://",
        { Scheme: not "https" } => "does not begin with https://; signatures in a plain address can be read on the way",
        { UserInfo.Length: > 0 } or { Query.Length: > 0 } or { Fragment.Length: > 0 } => "has more than a host and a path; leave the rest out",
        _ when baseUrl.AbsolutePath.AsSpan().ContainsAnyExcept(PathCharacters) => "has a path with other characters than letters, digits, - . _ ~ and /",
        _ => null,
    };
}
