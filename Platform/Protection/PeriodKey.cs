using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Contracts;

namespace FlickStream.Platform.Protection;

/// <summary>The keys of AES-128 segments: many a rendition, all derived from the title's key of that use, so that none is stored.</summary>
public static class PeriodKey
{
    public const int Size = 16;

    /// <summary>HKDF-SHA256 (RFC 5869) of the title's key. The rendition is part of it, and so is the encoding that made it, beside which
    /// others may have kept the title's key: segment n of all of them has the same initialization vector, which must not meet the same
    /// key.</summary>
    /// <param name="titleKey">16 bytes.</param>
    /// <param name="protection">The title's.</param>
    /// <param name="rendition">Its name.</param>
    /// <param name="revision">Under which it lies.</param>
    /// <param name="period">Segment number over <see cref="PresentationProtection.KeySegments"/>.</param>
    /// <param name="key">Receives 16 bytes.</param>
    public static void Derive(
        ReadOnlySpan<byte> titleKey, PresentationProtection protection, string rendition, string revision, int period, Span<byte> key)
    {
        var name = protection.IsKeyedByRevision ? $"{rendition} {revision}" : rendition;
        var info = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"flickstream aes-128 {name} {period}"));
        HKDF.DeriveKey(HashAlgorithmName.SHA256, titleKey, key[..Size], [], info);
    }

    /// <summary>The initialization vector that a playlist without IV means: the media sequence number (RFC 8216, 5.2).</summary>
    public static byte[] IvOf(int segment)
    {
        var iv = new byte[Size];
        BinaryPrimitives.WriteInt32BigEndian(iv.AsSpan(12), segment);
        return iv;
    }
}
