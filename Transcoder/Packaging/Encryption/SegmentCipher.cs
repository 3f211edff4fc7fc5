using System.Security.Cryptography;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Protection;
using FlickStream.Transcoder.Keys;

namespace FlickStream.Transcoder.Packaging.Encryption;

/// <summary>Encrypts whole segments by AES-128 (RFC 8216, 4.3.2.4), with another key each period. The init segment, which holds no media,
/// stays clear.</summary>
internal sealed class SegmentCipher(RenditionKey key, string rendition)
{
    /// <summary>Null where samples are encrypted, or nothing.</summary>
    public static SegmentCipher? For(RenditionKey? key, string rendition) =>
        key is { Protection.Scheme: ContentProtection.Aes128 } ? new SegmentCipher(key, rendition) : null;

    public byte[] Encrypt(ReadOnlySpan<byte> segment, int number)
    {
        using var aes = AesOf(number);
        return aes.EncryptCbc(segment, PeriodKey.IvOf(number));
    }

    /// <exception cref="ChunkRejectedException">It is not what this key encrypted.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> segment, int number)
    {
        try
        {
            using var aes = AesOf(number);
            return aes.DecryptCbc(segment, PeriodKey.IvOf(number));
        }
        catch (CryptographicException)
        {
            throw new ChunkRejectedException(PackagingProblems.SegmentDiffers, $"Segment {number} of {rendition} does not decrypt.");
        }
    }

    private Aes AesOf(int segment)
    {
        Span<byte> derived = stackalloc byte[PeriodKey.Size];
        PeriodKey.Derive(key.Secret, key.Protection, rendition, key.Revision, segment / key.Protection.KeySegments, derived);
        var aes = Aes.Create();
        aes.SetKey(derived);
        CryptographicOperations.ZeroMemory(derived);
        return aes;
    }
}
