using FlickStream.Platform;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Protection;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Planning;

/// <inheritdoc cref="ProtectionFitness"/>
internal sealed class ProtectionCheck(IOptions<PlatformOptions> platform) : IValidateOptions<PlanningOptions>
{
    public ValidateOptionsResult Validate(string? name, PlanningOptions options)
    {
        var unfit = ProtectionFitness.UnfitOf(platform.Value);
        return options.Protection == ContentProtection.None || unfit is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Planning:Protection is {options.Protection}, but Platform:ProtectionKeys is {platform.Value.ProtectionKeys}, {unfit}. "
                + "Set Platform:ProtectionKeys=Documents for all services.");
    }
}
