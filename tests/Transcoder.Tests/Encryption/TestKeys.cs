using System.Security.Cryptography;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Keys;

namespace FlickStream.Transcoder.Tests.Encryption;

internal static class TestKeys
{
    public static RenditionKey Cbcs { get; } = Of(new PresentationProtection(ContentProtection.Cbcs, 0));

    /// <summary>A new key each second segment.</summary>
    public static RenditionKey Aes128 { get; } = Of(new PresentationProtection(ContentProtection.Aes128, 2) { IsKeyedByRevision = true });

    public static RenditionKey OtherCbcs { get; } = Cbcs with { KeyId = new Guid("99223344-5566-8788-99aa-bbccddeeff00"), Secret = SHA256.HashData("other"u8)[..16] };

    private static RenditionKey Of(PresentationProtection protection) => new(
        protection, new Guid("11223344-5566-8788-99aa-bbccddeeff00"), SHA256.HashData("iv"u8)[..16], SHA256.HashData("secret"u8)[..16], "r1");
}
