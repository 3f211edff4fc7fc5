using System.Security.Cryptography;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Uploads;

/// <summary>tus <c>Upload-Checksum</c>: the digest that the body of one request must have.</summary>
internal sealed record UploadChecksum(HashAlgorithmName Algorithm, byte[] Digest)
{
    public const string Algorithms = "sha1,sha256";

    /// <summary>Null without a problem when the header is absent.</summary>
    public static UploadChecksum? TryParse(HttpRequest request, out Problem? problem)
    {
        problem = null;
        if (!request.Headers.TryGetValue(Tus.ChecksumHeader, out var header)) return null;

        var words = header.ToString().Split(' ');
        var (name, size) = words[0] switch
        {
            "sha1" => (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
            "sha256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            _ => (default, 0),
        };
        if (size == 0)
        {
            problem = UploadProblems.ChecksumUnsupported;
            return null;
        }

        var digest = new byte[size];
        if (words.Length == 2 && Convert.TryFromBase64String(words[1], digest, out var length) && length == size)
            return new UploadChecksum(name, digest);

        problem = UploadProblems.ChecksumInvalid;
        return null;
    }

    public bool IsOf(IncrementalHash body) => CryptographicOperations.FixedTimeEquals(body.GetCurrentHash(), Digest);
}
