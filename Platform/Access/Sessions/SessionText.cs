using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FlickStream.Platform.Access.Sessions;

/// <summary>A session as browsers hold it: <c>{id}.{secret}</c>, of which the secret has 256 random bits.</summary>
internal readonly record struct SessionText(string Id, string Secret)
{
    private const int IdLength = 16;
    private const int SecretLength = 43;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("0123456789abcdef");

    public static SessionText Create() => new(
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2)),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    public static SessionText? TryParse(string text) =>
        text.Length == IdLength + 1 + SecretLength
        && text[IdLength] == '.'
        && !text.AsSpan(0, IdLength).ContainsAnyExcept(IdCharacters)
            ? new SessionText(text[..IdLength], text[^SecretLength..]) : null;

    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));

    public bool Matches(Session session) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Hash()), Encoding.ASCII.GetBytes(session.SecretSha256));

    public override string ToString() => $"{Id}.…"; // One that is logged by mistake must not give its secret away.

    public string Reveal() => $"{Id}.{Secret}";
}
