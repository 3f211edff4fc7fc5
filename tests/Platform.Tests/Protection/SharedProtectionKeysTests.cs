using System.Diagnostics;
using FlickStream.Engines;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace FlickStream.Platform.Tests.Protection;

/// <summary>The keys of ASP.NET's data protection, in processes that share nothing but Redis.</summary>
public sealed class SharedProtectionKeysTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly RedisServer _server = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_one_process_sealed_another_opens()
    {
        using var one = await StartAsync("one");
        var text = Protector(one).Protect("sealed");
        using var two = await StartAsync("two");
        Assert.Equal("sealed", Protector(two).Unprotect(text));
    }

    [Fact]
    public async Task Who_has_the_keys_goes_on_while_the_server_is_away()
    {
        using var host = await StartAsync("one");
        var text = Protector(host).Protect("sealed");
        await _server.KillAsync();
        Assert.Equal("sealed", Protector(host).Unprotect(text));
        Assert.Equal("anew", Protector(host).Unprotect(Protector(host).Protect("anew")));
    }

    [Fact]
    public async Task A_process_that_starts_while_the_server_is_away_seals_once_it_is_back()
    {
        await _server.KillAsync();
        using var host = await StartAsync("one");
        await _server.StartAgainAsync();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        await Until.TrueAsync(async () => (await health.CheckHealthAsync(Ct)).Status == HealthStatus.Healthy, "it heals");
        var text = Protector(host).Protect("sealed");
        using var two = await StartAsync("two");
        Assert.Equal("sealed", Protector(two).Unprotect(text));
    }

    [Fact]
    public async Task After_a_flush_new_processes_begin_with_a_key_of_their_own()
    {
        using var one = await StartAsync("one");
        Protector(one).Protect("sealed");
        await _server.FlushAsync();
        using var two = await StartAsync("two");
        using var three = await StartAsync("three");
        Assert.Equal("anew", Protector(three).Unprotect(Protector(two).Protect("anew")));
    }

    private static IDataProtector Protector(IHost host) =>
        host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private async Task<IHost> StartAsync(string name)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Platform:DataFolder"] = _folder.In(name),
            ["Platform:ProtectionKeys"] = "Redis",
            ["Platform:Redis:Connection"] = _server.Connection,
        });
        // What a web host brings.
        builder.Services.AddRouting();
        builder.Services.AddSingleton(new DiagnosticListener("test"));
        builder.AddPlatform(PlatformHosting.Standalone);
        var host = builder.Build();
        await host.StartAsync(Ct);
        return host;
    }
}
