using System.Security.Cryptography;
using Amazon.CDK.AWS.CloudFront;
using Constructs;

namespace FlickStream.Aws;

/// <summary>The key group that opens media, from the public halves of the keys that Origin signs with.</summary>
internal sealed class SigningKeys : Construct
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <param name="scope">The stack.</param>
    /// <param name="keys">Texts in PEM form; the last one signs.</param>
    public SigningKeys(Construct scope, IReadOnlyList<string> keys)
        : base(scope, "SigningKeys")
    {
        // CloudFront refuses to change a public key, so each is a resource of its own, named by what it holds.
        Keys = [.. keys.Select(pem => new PublicKey(this, $"Key{FingerprintOf(pem)}", new PublicKeyProps { EncodedKey = pem }))];
        Group = new KeyGroup(this, "Group", new KeyGroupProps { Items = [.. Keys] });
    }

    /// <summary>In the order of the settings.</summary>
    public IReadOnlyList<PublicKey> Keys { get; }

    public KeyGroup Group { get; }

    public static string FingerprintOf(string pem)
    {
        var fields = PemEncoding.Find(pem);
        return Convert.ToHexString(SHA256.HashData(Convert.FromBase64String(pem[fields.Base64Data])).AsSpan(0, 6));
    }

    /// <summary>Why CloudFront would not take it; completes the sentence "the file ...".</summary>
    public static string? WhyNot(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields)) return "is not in PEM form";
        if (pem[fields.Label].EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            return "holds a private key, which only Origin may have; name the public one (openssl pkey -pubout)";
        if (pem[fields.Label] is not "PUBLIC KEY") return $"holds a {pem[fields.Label].ToLowerInvariant()}, not a public key";
        return Imported(RSA.Create, pem) is { } rsa ? (rsa.KeySize == 2048 ? null : $"holds an RSA key of {rsa.KeySize} bits; CloudFront takes 2048")
            : Imported(ECDsa.Create, pem) is { } ecdsa && ecdsa.ExportParameters(false).Curve.Oid.Value == P256 ? null
            : "holds neither an RSA key nor an ECDSA key on P-256";
    }

    private static T? Imported<T>(Func<T> create, string pem)
        where T : AsymmetricAlgorithm
    {
        var key = create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }
}
