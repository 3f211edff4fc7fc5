using FlickStream.Platform.Contracts;
using FlickStream.Platform.Protection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Tests.Protection;

/// <summary>Content keys that one process seals and another opens.</summary>
public sealed class ContentKeySealTests : IDisposable
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("DataFolder")]
    [InlineData("Documents")]
    public void Another_process_on_the_same_data_opens_it(string adapter)
    {
        TitleKeys title;
        using (var one = Build("data", adapter)) title = Sealed(Seal(one));
        Assert.Equal(adapter == "DataFolder", Directory.Exists(Path.Combine(_folder.In("data"), "protection-keys")));
        using var two = Build("data", adapter);
        Assert.Equal(Secret, Seal(two).Open(title, title.Keys[0]));
    }

    [Fact]
    public void A_sealing_key_that_another_process_made_meanwhile_is_found()
    {
        using var one = Build("data");
        var title = Sealed(Seal(one));
        // What this process holds in memory does not open it; what is stored does.
        var forgetful = new ContentKeySeal(new EphemeralDataProtectionProvider(), one.Services.GetRequiredService<IOptions<KeyManagementOptions>>());
        Assert.Equal(Secret, forgetful.Open(title, title.Keys[0]));
    }

    [Fact]
    public void Without_the_sealing_keys_it_is_lost_and_the_sentence_says_what_to_restore()
    {
        using var one = Build("data");
        using var elsewhere = Build("elsewhere");
        var title = Sealed(Seal(one));
        var lost = Assert.Throws<ContentKeyLostException>(() => Seal(elsewhere).Open(title, title.Keys[0]));
        Assert.Contains("Platform:ProtectionKeys", lost.Message, StringComparison.Ordinal);
    }

    private static TitleKeys Sealed(ContentKeySeal seal)
    {
        var id = Guid.NewGuid();
        return new TitleKeys
        {
            AssetId = "a",
            Revision = "r",
            Keys = [new TitleKey(KeyUse.Hd, id, new byte[16], seal.Seal("a", "r", KeyUse.Hd, id, Secret), [])],
            IsDelivered = true,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
    }

    private static ContentKeySeal Seal(IHost host) => host.Services.GetRequiredService<ContentKeySeal>();

    private IHost Build(string folder, string adapter = "DataFolder")
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:DataFolder"] = _folder.In(folder),
            ["Platform:ProtectionKeys"] = adapter,
        });
        builder.AddPlatform(PlatformHosting.Standalone);
        return builder.Build();
    }
}
