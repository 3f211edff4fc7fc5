using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace FlickStream.Portal.Notifications.Webhooks;

/// <summary>Secrets of endpoints, and what is signed with them: <c>t=…,v1=…</c>, HMAC-SHA256 of the time in seconds, a dot and the body, as Stripe
/// does, so that receivers can use what they have. While a secret is replaced there is one <c>v1</c> of each.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    public const string Header = "FlickStream-Signature";

    private readonly IDataProtector _seal = protection.CreateProtector("FlickStream.Webhooks");

    /// <summary>A new one, as it is shown once and as it is kept.</summary>
    public (string Text, byte[] Sealed) Make()
    {
        var text = $"whsec_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        return (text, _seal.Protect(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Whether it can still be signed with: not when the keys that sealed it are lost.</summary>
    public bool Opens(byte[] secret)
    {
        try
        {
            _seal.Unprotect(secret);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public string Sign(WebhookEndpoint endpoint, byte[] body, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{seconds}."), .. body];
        var secrets = endpoint.OldSecret is { } old && endpoint.OldSecretUntil > now ? new[] { endpoint.Secret, old } : [endpoint.Secret];
        return string.Join(',', secrets.Select(Signature).Prepend($"t={seconds}"));

        string Signature(byte[] secret) => $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(_seal.Unprotect(secret), signed))}";
    }
}
