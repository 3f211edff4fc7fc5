using System.Security.Cryptography;

namespace FlickStream.Tests.CloudFront;

/// <summary>A key pair: the private half in a file, the public half as a key group has it.</summary>
internal sealed record SigningKey(string KeyPairId, string File, string PublicKey)
{
    public static SigningKey Rsa(string folder, string keyPairId, int bits = 2048)
    {
        using var rsa = RSA.Create(bits);
        return Write(folder, keyPairId, rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportSubjectPublicKeyInfoPem());
    }

    public static SigningKey Ecdsa(string folder, string keyPairId)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Write(folder, keyPairId, ecdsa.ExportECPrivateKeyPem(), ecdsa.ExportSubjectPublicKeyInfoPem());
    }

    public static SigningKey Write(string folder, string keyPairId, string privateKey, string publicKey)
    {
        var path = Path.Combine(folder, $"{keyPairId}.pem");
        System.IO.File.WriteAllText(path, privateKey);
        return new SigningKey(keyPairId, path, publicKey);
    }
}
