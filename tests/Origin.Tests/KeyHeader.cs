using System.Security.Claims;
using System.Text.Encodings.Web;
using FlickStream.Platform.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Tests;

/// <summary>Signs in whoever names a key in the header <c>X-Key</c>; what keys are worth is tested with the platform.</summary>
internal sealed class KeyHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string Header = "X-Key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Request.Headers[Header] is [{ } key]
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Claims(key), Header)), Header))
            : AuthenticateResult.NoResult());

    // "key@organisation" is a studio's.
    private static Claim[] Claims(string key) =>
    [
        new Claim(ClaimTypes.NameIdentifier, key.Split('@')[^1]), new Claim("scope", Scopes.Playback),
        .. key.Contains('@', StringComparison.Ordinal) ? [new Claim("organisation", key.Split('@')[1])] : Array.Empty<Claim>(),
    ];
}
