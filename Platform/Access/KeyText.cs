using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FlickStream.Platform.Access;

/// <summary>A key as programs hold it: <c>fs_{id}_{secret}</c>. The prefix lets secret scanners find keys that leak.</summary>
internal readonly record struct KeyText(string Id, string Secret)
{
    private const string Prefix = "fs_";
    private const int IdLength = 16;
    private const int SecretLength = 43;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("0123456789abcdef");

    public static KeyText Create() => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2)),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    public static KeyText? TryParse(string text) =>
        text.Length == Prefix.Length + IdLength + 1 + SecretLength
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text[Prefix.Length + IdLength] == '_'
        && !text.AsSpan(Prefix.Length, IdLength).ContainsAnyExcept(IdCharacters)
            ? new KeyText(text.Substring(Prefix.Length, IdLength), text[^SecretLength..]) : null;

    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));

    public bool Matches(ApiKey key) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Hash()), Encoding.ASCII.GetBytes(key.SecretSha256));

    public override string ToString() => $"{Prefix}{Id}_…"; // A key that is logged by mistake must not give its secret away.

    public string Reveal() => $"{Prefix}{Id}_{Secret}";
}
