using System.Security.Cryptography;

namespace FlickStream.Platform.Delivery.CloudFront;

/// <summary>One private key, of a kind that CloudFront takes.</summary>
internal sealed class CloudFrontKey : IDisposable
{
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly AsymmetricAlgorithm _key;

    // The framework's keys may be used by one thread at a time.
    private readonly Lock _turn = new();

    private CloudFrontKey(string keyPairId, AsymmetricAlgorithm key)
    {
        KeyPairId = keyPairId;
        _key = key;
    }

    public string KeyPairId { get; }

    /// <exception cref="CloudFrontKeyException">The file cannot be read, or does not hold such a key; says which and what to do.</exception>
    public static CloudFrontKey Load(string keyPairId, string path)
    {
        string pem;
        try
        {
            pem = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CloudFrontKeyException($"cannot be read: {e.Message}", e);
        }

        var key = Import(pem);
        if (WhyNot(key) is { } fault)
        {
            key.Dispose();
            throw new CloudFrontKeyException(fault);
        }

        return new CloudFrontKey(keyPairId, key);
    }

    /// <summary>PKCS #1 v1.5 under RSA, a DER sequence under ECDSA.</summary>
    public byte[] Sign(ReadOnlySpan<byte> policy, HashAlgorithmName hash)
    {
        lock (_turn)
        {
            return _key is RSA rsa
                ? rsa.SignData(policy, hash, RSASignaturePadding.Pkcs1)
                : ((ECDsa)_key).SignData(policy, hash, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    public void Dispose() => _key.Dispose();

    private static AsymmetricAlgorithm Import(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields)) throw new CloudFrontKeyException("is not in PEM form");
        var label = pem[fields.Label];
        if (label.StartsWith("ENCRYPTED", StringComparison.Ordinal) || pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            throw new CloudFrontKeyException("is protected by a password; store it without one, readable by this service alone");
        if (!label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            throw new CloudFrontKeyException($"holds a {label.ToLowerInvariant()}, not a private key");

        // One form of PEM holds keys of either kind.
        return Imported(RSA.Create(), rsa => rsa.ImportFromPem(pem))
            ?? Imported(ECDsa.Create(), ecdsa => ecdsa.ImportFromPem(pem))
            ?? throw new CloudFrontKeyException("holds no RSA or ECDSA key that can be read");
    }

    private static AsymmetricAlgorithm? Imported<T>(T key, Action<T> import)
        where T : AsymmetricAlgorithm
    {
        try
        {
            import(key);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }

    private static string? WhyNot(AsymmetricAlgorithm key) => key switch
    {
        RSA { KeySize: 2048 } => null,
        RSA => $"holds an RSA key of {key.KeySize} bits; CloudFront takes 2048",
        ECDsa ecdsa when ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256 => null,
        _ => "holds an ECDSA key on another curve; CloudFront takes P-256",
    };
}

/// <summary>Completes the sentence "The file of the key ...".</summary>
internal sealed class CloudFrontKeyException(string message, Exception? cause = null) : Exception(message, cause);
