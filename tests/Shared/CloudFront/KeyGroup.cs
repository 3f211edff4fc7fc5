using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlickStream.Tests.CloudFront;

/// <summary>Judges requests as CloudFront's edges do, from the developer guide and the public keys alone: nothing of it is shared with the
/// code that signs.</summary>
internal sealed class KeyGroup(params SigningKey[] keys)
{
    private const int MostBytes = 8192;
    private static readonly string[] Parameters = ["Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm", "Expires"];

    /// <summary>Why a URL is refused; null when it is served.</summary>
    /// <param name="url">As the player sent it.</param>
    /// <param name="query">Its parameters, decoded.</param>
    /// <param name="cookies">The request's.</param>
    /// <param name="now">The edge's clock.</param>
    public string? WhyNot(Uri url, IReadOnlyDictionary<string, string> query, IReadOnlyDictionary<string, string> cookies, DateTimeOffset now)
    {
        string? Get(string name) => query.ContainsKey("Signature") ? query.GetValueOrDefault(name) : cookies.GetValueOrDefault($"CloudFront-{name}");
        if (url.AbsoluteUri.Length > MostBytes) return "too long";
        if (Get("Policy") is not { } policyText || Get("Signature") is not { } signature || Get("Key-Pair-Id") is not { } id) return "missing key";
        if (keys.FirstOrDefault(key => key.KeyPairId == id) is not { } key) return "unknown key";
        if (Decode(policyText) is not { } policy || Decode(signature) is not { } bytes) return "malformed";
        var hash = Get("Hash-Algorithm") switch { null => HashAlgorithmName.SHA1, "SHA256" => HashAlgorithmName.SHA256, _ => default };
        if (hash.Name is null || !Verifies(key.PublicKey, policy, bytes, hash)) return "bad signature";
        return Judge(policy, url, now);
    }

    private static string? Judge(byte[] policy, Uri url, DateTimeOffset now)
    {
        using var json = JsonDocument.Parse(policy);
        var statement = json.RootElement.GetProperty("Statement").EnumerateArray().Single();
        var end = statement.GetProperty("Condition").GetProperty("DateLessThan").GetProperty("AWS:EpochTime").GetInt64();
        if (now.ToUnixTimeSeconds() >= end) return "expired";
        var pattern = Regex.Escape(statement.GetProperty("Resource").GetString()!).Replace("\\*", ".*").Replace("\\?", ".");
        return Regex.IsMatch(WithoutParameters(url), $"^{pattern}$", RegexOptions.Singleline | RegexOptions.CultureInvariant) ? null : "other resource";
    }

    private static string WithoutParameters(Uri url)
    {
        var rest = url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !Parameters.Contains(p.Split('=')[0]));
        var query = string.Join('&', rest);
        return $"{url.GetLeftPart(UriPartial.Path)}{(query.Length == 0 ? "" : "?")}{query}";
    }

    private static bool Verifies(string publicKey, byte[] policy, byte[] signature, HashAlgorithmName hash)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(publicKey);
        }
        catch (CryptographicException)
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(publicKey);
            return ecdsa.VerifyData(policy, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
        }

        return rsa.VerifyData(policy, signature, hash, RSASignaturePadding.Pkcs1);
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.Replace('-', '+').Replace('_', '=').Replace('~', '/'), bytes, out var length) ? bytes[..length] : null;
    }
}
