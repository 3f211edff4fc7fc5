using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace FlickStream.Portal.Accounts.SignIn;

/// <summary>A browser that somebody signed in with remembers for whom, sealed. Guessing by others does not shut such a browser out. A new password
/// ends it, and so does a second factor that it was not shown: whoever had the old password, or it alone, is then a guesser like others.</summary>
internal sealed class KnownDevice(IDataProtectionProvider protection)
{
    public const string Cookie = "__Host-flickstream-known";

    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("FlickStream.KnownDevice").ToTimeLimitedDataProtector();

    public void Remember(Account account, HttpResponse response) =>
        response.Cookies.Append(Cookie, _seal.Protect(TextOf(account), Life), new CookieOptions
        {
            HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = Life, IsEssential = true,
        });

    /// <summary>Whether this browser is known for the account.</summary>
    public bool Knows(Account account, HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { Length: > 0 } sealedText) return false;
        try
        {
            return _seal.Unprotect(sealedText) == TextOf(account);
        }
        catch (CryptographicException)
        {
            return false; // Forged, too old, or sealed by keys that are gone.
        }
    }

    private static string TextOf(Account account) => string.Create(
        CultureInfo.InvariantCulture, $"{account.Id}:{account.PasswordGeneration}:{account.SecondFactor?.Since.ToUnixTimeMilliseconds()}");
}
