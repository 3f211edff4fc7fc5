using FlickStream.Platform;
using FlickStream.Platform.Contracts;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Planning;

/// <summary>What one process seals, another must open, for as long as the title lives: every worker and every origin uses a title's content
/// keys.</summary>
internal sealed class ProtectionCheck(IOptions<PlatformOptions> platform) : IValidateOptions<PlanningOptions>
{
    public ValidateOptionsResult Validate(string? name, PlanningOptions options)
    {
        var unfit = platform.Value switch
        {
            { ProtectionKeys: ProtectionKeysAdapter.Redis } =>
                "which may forget: every protected title would be lost with the sealing keys",
            { ProtectionKeys: ProtectionKeysAdapter.DataFolder, Hosting: PlatformHosting.Apart } =>
                "which services in other processes cannot share: none could open the content keys that another sealed",
            _ => null,
        };
        return options.Protection == ContentProtection.None || unfit is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Planning:Protection is {options.Protection}, but Platform:ProtectionKeys is {platform.Value.ProtectionKeys}, {unfit}. "
                + "Set Platform:ProtectionKeys=Documents for all services.");
    }
}
