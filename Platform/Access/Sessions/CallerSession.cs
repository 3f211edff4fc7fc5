using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace FlickStream.Platform.Access.Sessions;

/// <summary>The person who asks.</summary>
public static class CallerSession
{
    /// <summary>The authorization policy that admits whoever is signed in, and no API key.</summary>
    public const string Policy = "person";

    /// <summary>For routes that only <see cref="Policy"/> lets callers through to.</summary>
    public static Session Of(HttpContext http) =>
        Find(http.User) ?? throw new InvalidOperationException("A request without a session passed the policy.");

    /// <summary>Null where an API key or nobody asks.</summary>
    public static Session? Find(ClaimsPrincipal user) => (user.Identity as SessionIdentity)?.Session;
}
