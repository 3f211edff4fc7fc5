using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlickStream.Platform.Delivery.CloudFront;

/// <summary>
/// A custom policy: one statement that opens one resource, which may hold wildcards, until a moment. The bytes are those that AWS's own
/// signers write: no white space, this order.
/// </summary>
internal static class CloudFrontPolicy
{
    /// <param name="resource">An absolute URL of which the last character may be an asterisk; nothing in it needs escaping in
    /// JSON.</param>
    /// <param name="expiresAt">Cut to whole seconds.</param>
    /// <param name="key">Signs.</param>
    /// <param name="hash">What is signed: the policy's SHA-1 or SHA-256.</param>
    public static SignedPolicy Sign(string resource, DateTimeOffset expiresAt, CloudFrontKey key, CloudFrontHash hash)
    {
        var end = expiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var policy = Encoding.ASCII.GetBytes(
            $$"""{"Statement":[{"Resource":"{{resource}}","Condition":{"DateLessThan":{"AWS:EpochTime":{{end}}""" + "}}}]}");
        var signature = key.Sign(policy, hash == CloudFrontHash.Sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        return new SignedPolicy(Encode(policy), Encode(signature), key.KeyPairId, hash);
    }

    /// <summary>Base64 whose three characters that mean something in a URL are replaced as CloudFront expects.</summary>
    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('=', '_').Replace('/', '~');
}

/// <param name="Policy">Encoded.</param>
/// <param name="Signature">Encoded.</param>
/// <param name="KeyPairId">Which public key verifies it.</param>
/// <param name="Hash">What was signed.</param>
internal sealed record SignedPolicy(string Policy, string Signature, string KeyPairId, CloudFrontHash Hash)
{
    /// <summary>As parameters of a URL.</summary>
    public string Query =>
        $"Policy={Policy}&Key-Pair-Id={KeyPairId}&Signature={Signature}{(Hash == CloudFrontHash.Sha256 ? "&Hash-Algorithm=SHA256" : "")}";

    /// <summary>As cookies, for a folder or file.</summary>
    public IEnumerable<DeliveryCookie> Cookies(string? domain, string path)
    {
        yield return new("CloudFront-Policy", Policy, domain, path);
        yield return new("CloudFront-Signature", Signature, domain, path);
        yield return new("CloudFront-Key-Pair-Id", KeyPairId, domain, path);
        if (Hash == CloudFrontHash.Sha256) yield return new("CloudFront-Hash-Algorithm", "SHA256", domain, path);
    }
}
