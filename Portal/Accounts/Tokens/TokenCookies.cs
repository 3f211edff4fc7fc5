namespace FlickStream.Portal.Accounts.Tokens;

/// <summary>Tokens that one browser holds between two requests of one purpose. They are no session: nothing but that second request takes them,
/// and once.</summary>
internal sealed class TokenCookies(AccountTokens tokens, TimeProvider time)
{
    public async Task GiveAsync(HttpContext http, AccountToken token) => http.Response.Cookies.Append(
        NameOf(token.Use), await tokens.IssueAsync(token, http.RequestAborted), Flags(token.ExpiresAt - time.GetUtcNow()));

    /// <summary>Null where the browser has none that is good for this.</summary>
    public Task<AccountToken?> FindAsync(HttpContext http, TokenUse use) => tokens.FindAsync(http.Request.Cookies[NameOf(use)], use, http.RequestAborted);

    /// <summary>Uses up the one that was found. Of several who try at once, one is told true.</summary>
    public async Task<bool> SpendAsync(HttpContext http, TokenUse use)
    {
        http.Response.Cookies.Delete(NameOf(use), Flags(null));
        return http.Request.Cookies[NameOf(use)] is { Length: > 0 } text && await tokens.SpendAsync(text, CancellationToken.None);
    }

    private static string NameOf(TokenUse use) => use switch
    {
        TokenUse.SecondStep => "__Host-flickstream-step",
        TokenUse.PasskeyCreation => "__Host-flickstream-new-passkey",
        TokenUse.PasskeyRequest => "__Host-flickstream-passkey",
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, "Such a token is in no cookie."),
    };

    private static CookieOptions Flags(TimeSpan? life) => new()
    {
        HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = life, IsEssential = true,
    };
}
