using System.Security.Cryptography;
using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Keys;

/// <summary>A title's keys in the hands of one step; zeroed when it is done.</summary>
internal sealed class OpenTitleKeys(PresentationProtection protection, string revision, IReadOnlyList<(TitleKey Key, byte[] Secret)> keys) : IDisposable
{
    public RenditionKey For(VideoRendition video) => For(KeyUses.Of(video), video.Source?.From);

    /// <summary>Of sound that this encoding makes.</summary>
    public RenditionKey ForAudio() => For(KeyUse.Audio, null);

    public void Dispose()
    {
        foreach (var (_, secret) in keys) CryptographicOperations.ZeroMemory(secret);
    }

    private RenditionKey For(KeyUse use, string? takenFrom)
    {
        var (key, secret) = keys.First(k => k.Key.Use == use);
        return new RenditionKey(protection, key.KeyId, key.Iv, secret, takenFrom ?? revision);
    }
}
