using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlickStream.Portal.Subscriptions.Gateways.Webhooks;

/// <summary><c>t=…,v1=…</c>: Stripe's signature of a webhook, HMAC-SHA256 of the time, a dot and the raw body.</summary>
internal static class WebhookSignature
{
    public const string Header = "Stripe-Signature";

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    public static string Sign(byte[] body, string secret, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={seconds},v1={Convert.ToHexStringLower(Mac(seconds, body, secret))}";
    }

    /// <summary>Whether any of its signatures is right, and its time near; in the same time whichever byte is wrong.</summary>
    public static bool IsValid(string? signature, byte[] body, string secret, DateTimeOffset now)
    {
        var parts = (signature ?? "").Split(',').Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToLookup(part => part[0].Trim(), part => part[1].Trim());
        if (parts["t"].FirstOrDefault() is not { } seconds || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return false;
        if (Math.Abs(now.ToUnixTimeSeconds() - at) > Tolerance.TotalSeconds) return false;
        var right = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Mac(seconds, body, secret)));
        // All are looked at: a provider signs with two secrets while one is replaced.
        return parts["v1"].Aggregate(false, (isValid, given) => CryptographicOperations.FixedTimeEquals(right, Encoding.UTF8.GetBytes(given)) || isValid);
    }

    private static byte[] Mac(string seconds, byte[] body, string secret) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes($"{seconds}."), .. body]);
}
