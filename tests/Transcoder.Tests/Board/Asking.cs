using System.Security.Claims;
using FlickStream.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace FlickStream.Transcoder.Tests.Board;

/// <summary>Who asks.</summary>
internal static class Asking
{
    /// <summary>A key of no organisation.</summary>
    public static DefaultHttpContext Operator() => By(new Claim(ClaimTypes.NameIdentifier, "key"));

    public static DefaultHttpContext Studio(string organisation) => By(
        new Claim(ClaimTypes.NameIdentifier, organisation), new Claim(BearerKeyHandler.OrganisationClaim, organisation));

    private static DefaultHttpContext By(params Claim[] claims) => new() { User = new ClaimsPrincipal(new ClaimsIdentity(claims, "test")) };
}
