using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>Somebody who helps subscribers, by a key.</summary>
internal static class Support
{
    public static HttpContext Request() => new DefaultHttpContext { User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("key", "support")])) };
}
