using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Keys;

/// <summary>The keys that a presentation needs: one a use that occurs. Ids and initialization vectors, which are public, are hashes of
/// the encoding's name, so that workers who ask a key server at the same time, or again after a crash, ask for the same keys.</summary>
internal static class WantedKeys
{
    public static IReadOnlyList<WantedKey> Of(Presentation presentation)
    {
        var pictures = presentation.Video.ToLookup(KeyUses.Of, v => (long)v.Width * v.Height);
        List<WantedKey> wanted = [.. pictures.OrderBy(p => p.Key).Select(p => Want(presentation, p.Key, p.Min(), p.Max()))];
        if (presentation.Audio.Count > 0) wanted.Insert(0, Want(presentation, KeyUse.Audio, 0, 0));
        return wanted;
    }

    private static WantedKey Want(Presentation presentation, KeyUse use, long minPixels, long maxPixels)
    {
        var name = $"{presentation.AssetId}:{presentation.Revision}:{use}";
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"flickstream kid {name}"));
        // A UUID of version 8 (RFC 9562, 5.8).
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        var iv = SHA256.HashData(Encoding.UTF8.GetBytes($"flickstream iv {name}"));
        return new WantedKey(use, new Guid(id.AsSpan(0, 16), bigEndian: true), iv[..16], minPixels, maxPixels);
    }
}
