using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Access.Sessions;

/// <summary>Knows people by the session in their cookie. What changes anything needs a header that no page of another site can send. Answers
/// 401 and 403 as problems and never redirects.</summary>
internal sealed class SessionHandler(
    SessionStore sessions, Forbidding forbidding, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "Session";

    /// <summary>Any value.</summary>
    public const string Header = "X-FlickStream";

    private bool _lacksHeader;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SessionCookie.Of(Request) is not { } text) return AuthenticateResult.NoResult();
        _lacksHeader = !IsSafe(Request.Method) && !Request.Headers.ContainsKey(Header);
        if (_lacksHeader) return AuthenticateResult.Fail("The header is missing.");
        return await sessions.VerifyAsync(text, Context.RequestAborted) is { } session
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(IdentityOf(session)), Name))
            : AuthenticateResult.Fail("There is no such session.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        (_lacksHeader ? AccessProblems.HeaderMissing : AccessProblems.Unauthenticated).ToResult().ExecuteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => forbidding.ForbidAsync(Context);

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static SessionIdentity IdentityOf(Session session) => new(session,
    [
        new(ClaimTypes.NameIdentifier, session.OrganisationId ?? session.AccountId),
        .. session.OrganisationId is { } organisation ? [new Claim(BearerKeyHandler.OrganisationClaim, organisation)] : Array.Empty<Claim>(),
        .. Roles.ScopesOf(session.Role).Select(scope => new Claim(BearerKeyHandler.ScopeClaim, scope)),
    ]);
}

/// <summary>A person, as this request's session knows them.</summary>
internal sealed class SessionIdentity(Session session, IEnumerable<Claim> claims) : ClaimsIdentity(claims, SessionHandler.Name)
{
    public Session Session { get; } = session;
}
