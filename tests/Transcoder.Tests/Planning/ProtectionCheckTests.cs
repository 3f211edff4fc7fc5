using FlickStream.Platform;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Planning;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Tests.Planning;

public sealed class ProtectionCheckTests
{
    [Theory]
    [InlineData(PlatformHosting.Apart, ProtectionKeysAdapter.Documents, null)]
    [InlineData(PlatformHosting.Standalone, ProtectionKeysAdapter.DataFolder, null)]
    [InlineData(PlatformHosting.Apart, ProtectionKeysAdapter.DataFolder, "cannot share")]
    [InlineData(PlatformHosting.Apart, ProtectionKeysAdapter.Redis, "may forget")]
    [InlineData(PlatformHosting.Standalone, ProtectionKeysAdapter.Redis, "may forget")]
    public void Titles_are_protected_only_where_sealing_keys_last_and_are_shared(PlatformHosting hosting, ProtectionKeysAdapter keys, string? refusal)
    {
        var check = new ProtectionCheck(Options.Create(new PlatformOptions { Hosting = hosting, ProtectionKeys = keys }));
        Assert.True(check.Validate(null, new()).Succeeded);
        var result = check.Validate(null, new() { Protection = ContentProtection.Aes128 });
        Assert.Equal(refusal is null, result.Succeeded);
        Assert.Contains(refusal ?? "", result.FailureMessage ?? "", StringComparison.Ordinal);
    }
}
