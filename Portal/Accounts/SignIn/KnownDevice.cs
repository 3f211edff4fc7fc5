using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace FlickStream.Portal.Accounts.SignIn;

/// <summary>A browser that somebody signed in with remembers for whom, sealed. Guessing by others does not shut such a browser out.</summary>
internal sealed class KnownDevice(IDataProtectionProvider protection)
{
    public const string Cookie = "__Host-flickstream-known";

    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("FlickStream.KnownDevice").ToTimeLimitedDataProtector();

    public void Remember(string accountId, HttpResponse response) =>
        response.Cookies.Append(Cookie, _seal.Protect(accountId, Life), new CookieOptions
        {
            HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = Life, IsEssential = true,
        });

    /// <summary>Whether this browser is known for the account.</summary>
    public bool Knows(string accountId, HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 } sealedId) return false;
        try
        {
            return _seal.Unprotect(sealedId) == accountId;
        }
        catch (CryptographicException)
        {
            return false; // Forged, too old, or sealed by keys that are gone.
        }
    }
}
