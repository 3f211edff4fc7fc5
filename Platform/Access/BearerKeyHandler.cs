using System.Security.Claims;
using System.Text.Encodings.Web;
using FlickStream.Platform.RateLimits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace FlickStream.Platform.Access;

/// <summary>Knows programs by their API key. Answers 401, 403 and 429 as problems and never redirects.</summary>
internal sealed class BearerKeyHandler(
    KeyAttempts attempts, Forbidding forbidding, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "ApiKey";
    public const string ScopeClaim = "scope";
    public const string KeyClaim = "key";
    public const string OrganisationClaim = "organisation";

    private const string Bearer = "Bearer ";

    private TimeSpan _wait;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        (var key, _wait) = await attempts.TryAsync(
            header[Bearer.Length..].Trim(), Context.Connection.RemoteIpAddress, Context.RequestAborted);
        return key is null
            ? AuthenticateResult.Fail("Not a good API key.")
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(IdentityOf(key)), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_wait > TimeSpan.Zero) return RateLimitedRoutes.Refuse(Context, _wait).ExecuteAsync(Context);
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return AccessProblems.Unauthenticated.ToResult().ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => forbidding.ForbidAsync(Context);

    private static ClaimsIdentity IdentityOf(ApiKey key) => new(
        [
            new(ClaimTypes.NameIdentifier, key.OrganisationId ?? key.Id),
            new(KeyClaim, key.Id),
            new(ClaimTypes.Name, key.Name),
            .. key.OrganisationId is { } organisation ? [new Claim(OrganisationClaim, organisation)] : Array.Empty<Claim>(),
            .. key.Scopes.Select(s => new Claim(ScopeClaim, s)),
        ],
        Name);
}
