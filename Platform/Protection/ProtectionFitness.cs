using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;

namespace FlickStream.Platform.Protection;

/// <summary>What one process seals, another must open, for as long as the title lives: every worker and every origin uses a title's content
/// keys.</summary>
public static class ProtectionFitness
{
    public static readonly Problem Unavailable = new(
        "protection_unavailable", 409, "Titles cannot be protected here: Platform:ProtectionKeys must be Documents for all services.");

    /// <summary>Why sealed content keys would be lost or unreadable; null where they would not.</summary>
    public static string? UnfitOf(PlatformOptions platform) => platform switch
    {
        { ProtectionKeys: ProtectionKeysAdapter.Redis } => "which may forget: every protected title would be lost with the sealing keys",
        { ProtectionKeys: ProtectionKeysAdapter.DataFolder, Hosting: PlatformHosting.Apart } =>
            "which services in other processes cannot share: none could open the content keys that another sealed",
        _ => null,
    };

    /// <summary>What forbids an asset these wishes; null when nothing does.</summary>
    public static Problem? RefusalOf(EncodingWishes? wishes, PlatformOptions platform) =>
        wishes?.Protection is null or ContentProtection.None || UnfitOf(platform) is null ? null : Unavailable;
}
