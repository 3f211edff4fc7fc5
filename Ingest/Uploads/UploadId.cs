using System.Security.Cryptography;
using System.Text;

namespace FlickStream.Ingest.Uploads;

/// <summary>20 lower-case letters and digits: 100 bits, safe in URLs, blob keys and file names.</summary>
internal static class UploadId
{
    private const int Length = 20;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The id of the final upload of these parts: the same for a client that asks again because it missed the answer.</summary>
    public static string OfParts(IEnumerable<string> parts)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', parts)));
        return string.Create(Length, hash, (id, bytes) =>
        {
            for (var i = 0; i < id.Length; i++) id[i] = Alphabet[bytes[i] % Alphabet.Length];
        });
    }

    public static bool IsValid(string id) => id.Length == Length && id.All(Alphabet.Contains);
}
