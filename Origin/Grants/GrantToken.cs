using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FlickStream.Origin.Grants;

/// <summary>
/// A grant's claims in one path segment: a binary payload and its HMAC-SHA256, truncated to 16-18 bytes, in base64url.
/// </summary>
/// <remarks>Payload: version 1, flags (1 = counts in a stream limit, 2 = the title grew), key id (4), expiry in Unix seconds (4), largest height (2), grant id
/// (16), asset id and revision (each a length byte and ASCII), and with flag 1 the limit (1) and the group's id (16). Numbers are
/// big-endian. The code's length makes the whole a multiple of three, so that base64 leaves no unused bits and every token has exactly one
/// spelling.</remarks>
internal static class GrantToken
{
    private const byte Version = 1;
    private const byte Limited = 1;
    private const byte OfEvent = 2;
    private const int Head = 28;
    private const int ShortestCode = 16;
    private const int Longest = 512;
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Seal(GrantClaims claims, DeliveryKey key)
    {
        Span<byte> token = stackalloc byte[Longest];
        token[0] = Version;
        token[1] = (byte)((claims.Streams is null ? 0 : Limited) | (claims.IsOfEvent ? OfEvent : 0));
        BinaryPrimitives.WriteUInt32BigEndian(token[2..], key.Id);
        BinaryPrimitives.WriteUInt32BigEndian(token[6..], checked((uint)claims.ExpiresAt.ToUnixTimeSeconds()));
        BinaryPrimitives.WriteUInt16BigEndian(token[10..], checked((ushort)claims.MaxHeight));
        claims.GrantId.TryWriteBytes(token[12..]);
        var length = Put(claims.Revision, token, Put(claims.AssetId, token, Head));
        if (claims.Streams is { } streams)
        {
            token[length++] = checked((byte)streams.Limit);
            streams.Id.TryWriteBytes(token[length..]);
            length += 16;
        }

        var code = CodeLength(length);
        Sign(key, token[..length], token.Slice(length, code));
        return Base64Url.EncodeToString(token[..(length + code)]);
    }

    /// <summary>Null unless the token is one that a key of <paramref name="keys"/> sealed. Says nothing of expiry.</summary>
    /// <param name="text">The path segment.</param>
    /// <param name="keys">All keys that still open tokens.</param>
    /// <param name="unknownKey">The token names a key that is not there; another origin may have made it a moment ago.</param>
    public static GrantClaims? Open(ReadOnlySpan<char> text, DeliveryKeyRing keys, out bool unknownKey)
    {
        unknownKey = false;
        if (text.Length is < 4 or > Longest || text.Length % 4 != 0 || text.ContainsAnyExcept(Alphabet)) return null;
        Span<byte> buffer = stackalloc byte[Longest];
        var token = buffer[..Base64Url.DecodeFromChars(text, buffer)];
        if (token.Length < Head + 2 + ShortestCode || token[0] != Version) return null;
        var length = PayloadLength(token);
        if (length == 0 || token.Length != length + CodeLength(length)) return null;
        if (keys.Find(BinaryPrimitives.ReadUInt32BigEndian(token[2..])) is not { } key)
        {
            unknownKey = true;
            return null;
        }

        Span<byte> code = stackalloc byte[token.Length - length];
        Sign(key, token[..length], code);
        return CryptographicOperations.FixedTimeEquals(code, token[length..]) ? Read(token[..length]) : null;
    }

    private static GrantClaims Read(ReadOnlySpan<byte> payload)
    {
        var asset = payload.Slice(Head + 1, payload[Head]);
        var rest = payload[(Head + 1 + asset.Length)..];
        var revision = rest.Slice(1, rest[0]);
        rest = rest[(1 + revision.Length)..];
        return new GrantClaims
        {
            GrantId = new Guid(payload.Slice(12, 16)),
            AssetId = Encoding.ASCII.GetString(asset),
            Revision = Encoding.ASCII.GetString(revision),
            MaxHeight = BinaryPrimitives.ReadUInt16BigEndian(payload[10..]),
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(payload[6..])),
            IsOfEvent = (payload[1] & OfEvent) != 0,
            Streams = rest.Length == 0 ? null : new StreamGroup(new Guid(rest[1..]), rest[0]),
        };
    }

    /// <summary>0 when the lengths in the payload do not fit the token.</summary>
    private static int PayloadLength(ReadOnlySpan<byte> token)
    {
        var length = Head;
        for (var i = 0; i < 2; i++)
        {
            if (length >= token.Length) return 0;
            length += 1 + token[length];
        }

        length += (token[1] & ~OfEvent) switch { 0 => 0, Limited => 17, _ => token.Length };
        return length > token.Length - ShortestCode ? 0 : length;
    }

    private static int CodeLength(int payload) => ShortestCode + ((3 - ((payload + ShortestCode) % 3)) % 3);

    private static int Put(string text, Span<byte> token, int at)
    {
        if (text.Length > 150 || !Ascii.IsValid(text))
            throw new ArgumentException("An id in a token is at most 150 ASCII characters.", nameof(text));
        token[at] = (byte)text.Length;
        return at + 1 + Encoding.ASCII.GetBytes(text, token[(at + 1)..]);
    }

    private static void Sign(DeliveryKey key, ReadOnlySpan<byte> payload, Span<byte> code)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret, payload, whole);
        whole[..code.Length].CopyTo(code);
    }
}
