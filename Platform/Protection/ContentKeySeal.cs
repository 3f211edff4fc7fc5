using System.Security.Cryptography;
using FlickStream.Platform.Contracts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Protection;

/// <summary>Seals content keys for the documents. The sealing keys are ASP.NET's (<c>Platform:ProtectionKeys</c>): a new one every 90 days,
/// and the old ones go on opening what they sealed.</summary>
public sealed class ContentKeySeal(IDataProtectionProvider provider, IOptions<KeyManagementOptions> keys)
{
    public byte[] Seal(string assetId, string revision, KeyUse use, Guid keyId, byte[] key) =>
        Protector(provider, assetId, revision, use, keyId).Protect(key);

    /// <summary>The 16 bytes; whoever asked zeroes them after use.</summary>
    /// <exception cref="ContentKeyLostException">The sealing keys of this process do not open it.</exception>
    public byte[] Open(TitleKeys title, TitleKey key)
    {
        try
        {
            return Open(provider, title, key);
        }
        catch (CryptographicException)
        {
            return OpenWithAllKeys(title, key);
        }
    }

    /// <summary>Reads the sealing keys anew. The framework keeps those it has read for a day, and processes that start for the first time at
    /// the same moment each make one that the others may not have seen.</summary>
    private byte[] OpenWithAllKeys(TitleKeys title, TitleKey key)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDataProtection().SetApplicationName(ProtectionKeys.ApplicationName).DisableAutomaticKeyGeneration();
        services.Configure<KeyManagementOptions>(fresh => fresh.XmlRepository = keys.Value.XmlRepository);
        using var all = services.BuildServiceProvider();
        try
        {
            return Open(all.GetRequiredService<IDataProtectionProvider>(), title, key);
        }
        catch (CryptographicException e)
        {
            throw new ContentKeyLostException(e);
        }
    }

    private static byte[] Open(IDataProtectionProvider provider, TitleKeys title, TitleKey key) =>
        Protector(provider, title.AssetId, title.Revision, key.Use, key.KeyId).Unprotect(key.Sealed);

    // The purpose binds a sealed key to its place: one moved to another document does not open.
    private static IDataProtector Protector(IDataProtectionProvider provider, string assetId, string revision, KeyUse use, Guid keyId) =>
        provider.CreateProtector("FlickStream.ContentKeys", TitleKeys.IdOf(assetId, revision), $"{use}:{keyId:n}");
}

/// <summary>A content key was sealed by sealing keys that are not here.</summary>
public sealed class ContentKeyLostException(Exception cause) : Exception(
    "A content key cannot be opened: the sealing keys of Platform:ProtectionKeys are not those that sealed it. "
    + "Let all services share them, and restore them from the back-up if they were lost.",
    cause);
