using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FlickStream.Portal.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Unsubscribing;

/// <summary>Links that end letters without a sign-in (RFC 8058). What one ends is sealed into it, and compared in constant time when it is opened: a
/// link that was not made here ends nothing, and one of a letter ends no others.</summary>
internal sealed class UnsubscribeLinks(
    IDataProtectionProvider protection, IOptions<AccountOptions> accounts, IOptions<NotificationOptions> options, TimeProvider time)
{
    public const string Path = "/unsubscribe";

    private const int LongestToken = 2000;

    private readonly IDataProtector _seal = protection.CreateProtector("FlickStream.Unsubscribe");

    /// <summary>Null where nobody said what the site is called.</summary>
    public string? To(MailEnding ending) => accounts.Value.PublicUrl is { } site
        ? $"{site.ToString().TrimEnd('/')}{Path}?token={Base64Url.EncodeToString(_seal.Protect(Encoding.UTF8.GetBytes(ending.ToText())))}" : null;

    /// <summary>Null for what was not made here, or too long ago.</summary>
    public MailEnding? Open(string? token)
    {
        if (token is not { Length: > 0 and < LongestToken }) return null;
        try
        {
            var ending = MailEnding.Parse(Encoding.UTF8.GetString(_seal.Unprotect(Base64Url.DecodeFromChars(token))));
            return time.GetUtcNow() - ending.At < options.Value.UnsubscribeLife ? ending : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null; // Forged, or sealed by keys that are gone.
        }
    }
}
