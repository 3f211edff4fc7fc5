using FlickStream.Platform;
using FlickStream.Platform.Contracts;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Planning;

/// <summary>What one process seals, another must open: every worker and every origin uses a title's content keys.</summary>
internal sealed class ProtectionCheck(IOptions<PlatformOptions> platform) : IValidateOptions<PlanningOptions>
{
    public ValidateOptionsResult Validate(string? name, PlanningOptions options) =>
        options.Protection != ContentProtection.None
        && platform.Value is { Hosting: PlatformHosting.Apart, ProtectionKeys: ProtectionKeysAdapter.DataFolder }
            ? ValidateOptionsResult.Fail(
                $"Planning:Protection is {options.Protection}, but Platform:ProtectionKeys is DataFolder, which services in other processes "
                + "cannot share: none could open the content keys that another sealed. Set Platform:ProtectionKeys=Documents for all services.")
            : ValidateOptionsResult.Success;
}
