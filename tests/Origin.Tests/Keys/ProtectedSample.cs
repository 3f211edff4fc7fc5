using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Protection;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Origin.Tests.Keys;

/// <summary>The sample title with content keys, as the encoder would have stored them.</summary>
internal static class ProtectedSample
{
    /// <summary>Segments of AES-128 under one key.</summary>
    public const int KeySegments = 3;

    public static byte[] SecretOf(KeyUse use) => SHA256.HashData(Encoding.ASCII.GetBytes($"secret {use}"))[..16];

    public static Guid IdOf(KeyUse use) => new(SHA256.HashData(Encoding.ASCII.GetBytes($"id {use}")).AsSpan(0, 16), bigEndian: true);

    public static byte[] Iv { get; } = SHA256.HashData("iv"u8)[..16];

    /// <summary>The key of a period as RFC 5869 derives it.</summary>
    public static byte[] PeriodKeyOf(KeyUse use, string rendition, int period) => HMACSHA256.HashData(
        HMACSHA256.HashData(new byte[32], SecretOf(use)), (byte[])[.. Encoding.ASCII.GetBytes($"flickstream aes-128 {rendition} {Sample.Revision} {period}"), 1])[..16];

    /// <param name="host">Holds the sample title.</param>
    /// <param name="scheme">How it is encrypted.</param>
    /// <param name="systems">Of each key; none: Origin hands keys out.</param>
    public static async Task ProtectAsync(this OriginHost host, ContentProtection scheme, params DrmSignal[] systems)
    {
        var seal = host.Services.GetRequiredService<ContentKeySeal>();
        TitleKey Key(KeyUse use) =>
            new(use, IdOf(use), Iv, seal.Seal(Sample.AssetId, Sample.Revision, use, IdOf(use), SecretOf(use)), systems);
        var keys = new TitleKeys
        {
            AssetId = Sample.AssetId,
            Revision = Sample.Revision,
            Keys = [Key(KeyUse.Audio), Key(KeyUse.Sd), Key(KeyUse.Hd)],
            IsDelivered = systems.Length == 0,
            CreatedAt = Sample.Start,
        };
        await host.Documents.Set(TitleKeys.Schema).InsertAsync(TitleKeys.IdOf(Sample.AssetId, Sample.Revision), keys);
        var protection = new PresentationProtection(scheme, scheme == ContentProtection.Aes128 ? KeySegments : 0) { IsKeyedByRevision = true };
        await host.Documents.Set(Presentation.Schema).UpdateAsync(Sample.AssetId, p => p with { Protection = protection });
    }
}
