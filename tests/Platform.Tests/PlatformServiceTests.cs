using System.Diagnostics;
using FlickStream.Engines;
using FlickStream.Platform.Access;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Bus.Redis;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using FlickStream.Platform.Leases.Redis;
using FlickStream.Platform.RateLimits;
using FlickStream.Platform.RateLimits.Redis;
using FlickStream.Platform.Redis;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Tests;

public sealed class PlatformServiceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_seams_work_on_the_embedded_adapters_and_survive_a_restart()
    {
        for (var start = 0; start < 2; start++)
        {
            using var host = Build(PlatformHosting.Standalone);
            await host.StartAsync(Ct);
            var blobs = host.Services.GetRequiredService<IBlobs>();
            Assert.Equal(start == 0, await blobs.WriteAsync("a", Stream.Null, Ct));
            var keys = host.Services.GetRequiredService<IDocuments>().Set(ApiKey.Schema);
            Assert.Equal(1, await keys.CountAsync([], Ct));
            Assert.NotNull(host.Services.GetRequiredService<IBus>());
            Assert.NotNull(host.Services.GetRequiredService<ILeases>());
            await host.StopAsync(Ct);
        }
    }

    [Fact]
    public void Adding_the_platform_again_adds_nothing()
    {
        var builder = Builder();
        builder.AddPlatform(PlatformHosting.Standalone);
        var count = builder.Services.Count;
        builder.AddPlatform().AddPlatform();
        Assert.Equal(count, builder.Services.Count);
    }

    [Fact]
    public async Task A_second_process_on_the_data_folder_is_refused_until_the_first_is_gone()
    {
        using (var first = Build(PlatformHosting.Standalone))
        {
            await first.StartAsync(Ct);
            using var second = Build(PlatformHosting.Standalone);
            var refusal = await Assert.ThrowsAsync<DataFolderInUseException>(() => second.StartAsync(Ct));
            Assert.Contains(_folder.Path, refusal.Message);
            Assert.Contains("Platform:DataFolder", refusal.Message);
        }

        using var third = Build(PlatformHosting.Standalone);
        await third.StartAsync(Ct);
    }

    [Fact]
    public async Task A_service_apart_from_the_others_refuses_adapters_that_they_cannot_share()
    {
        using var host = Build(null);
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Ct));
        foreach (var option in (string[])["Blobs", "Documents", "Bus", "Leases"])
            Assert.Contains(refusal.Failures, failure => failure.Contains($"set Platform:{option} to", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task The_seams_are_on_redis_where_the_options_say_so()
    {
        await using var server = new RedisServer();
        await server.StartAsync();
        using var host = Build(PlatformHosting.Standalone, OnRedis(server.Connection));
        await host.StartAsync(Ct);
        Assert.IsType<RedisBus>(host.Services.GetRequiredService<IBus>());
        Assert.IsType<RedisLeases>(host.Services.GetRequiredService<ILeases>());
        Assert.IsType<RedisRateLimits>(host.Services.GetRequiredService<IRateLimits>());
        var cache = host.Services.GetRequiredService<HybridCache>();
        await cache.SetAsync("k", "v", cancellationToken: Ct);
        var database = host.Services.GetRequiredService<RedisConnection>().Database;
        Assert.True(await database.KeyExistsAsync("flickstream:cache:k"));
        var protector = host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
        Assert.Equal("sealed", protector.Unprotect(protector.Protect("sealed")));
        Assert.Equal(1, await database.ListLengthAsync("flickstream:protection:keys"));
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Ct);
        Assert.Equal(HealthStatus.Healthy, health.Entries["redis"].Status);
    }

    [Fact]
    public async Task A_process_starts_without_redis_and_its_readiness_says_so()
    {
        await using var server = new RedisServer();
        await server.StartAsync();
        await server.KillAsync();
        using var host = Build(PlatformHosting.Standalone, OnRedis(server.Connection));
        await host.StartAsync(Ct);
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Ct);
        Assert.Equal(HealthStatus.Degraded, health.Entries["redis"].Status);
        Assert.Equal(HealthStatus.Healthy, health.Entries["documents"].Status);
        Assert.True(await host.Services.GetRequiredService<ILeases>().AcquireAsync("g", "a", 1, TimeSpan.FromMinutes(1), Ct));
        await server.StartAgainAsync();
        await Until.TrueAsync(
            async () => (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Ct)).Status == HealthStatus.Healthy,
            "it heals");
    }

    [Fact]
    public async Task Readiness_can_be_mapped_before_the_options_are_checked()
    {
        using var host = Build(PlatformHosting.Standalone, OnRedis("nonsense=1"));
        Assert.NotNull(host.Services.GetRequiredService<HealthCheckService>());
        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Ct));
    }

    [Fact]
    public async Task Protection_keys_are_in_the_data_folder_where_no_option_says_otherwise()
    {
        using var host = Build(PlatformHosting.Standalone);
        await host.StartAsync(Ct);
        var protector = host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
        Assert.Equal("sealed", protector.Unprotect(protector.Protect("sealed")));
        Assert.NotEmpty(Directory.EnumerateFiles(_folder.In("protection-keys")));
    }

    [Theory]
    [InlineData("Platform:Redis:Connection", "", "Platform:Redis:Connection is empty, but Platform:Bus, Platform:Leases, Platform:Cache, Platform:ProtectionKeys are Redis")]
    [InlineData("Platform:Redis:Connection", "localhost:6379,passwrd=secret", "Platform:Redis:Connection cannot be understood")]
    [InlineData("Platform:Redis:CommandTimeout", "01:00:00", "CommandTimeout")]
    [InlineData("Platform:Redis:KeyPrefix", "{}", "KeyPrefix")]
    public async Task Nonsense_about_redis_is_refused_at_start(string option, string value, string words)
    {
        using var host = Build(PlatformHosting.Standalone, [.. OnRedis("localhost:6379").Where(s => s.Key != option), (option, value)]);
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Ct));
        Assert.Contains(refusal.Failures, failure => failure.Contains(words, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_of_one_machine_may_share_SQLite_and_nothing_else_that_is_embedded()
    {
        using var host = Build(PlatformHosting.OneMachine);
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Ct));
        foreach (var option in (string[])["Blobs", "Bus", "Leases"])
            Assert.Contains(refusal.Failures, failure => failure.Contains($"set Platform:{option} to", StringComparison.Ordinal));
        Assert.DoesNotContain(refusal.Failures, failure => failure.Contains("Platform:Documents", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Platform:S3:PartBytes", "1")]
    [InlineData("Platform:S3:Timeout", "00:00:00")]
    [InlineData("Platform:Masters:ParallelRanges", "0")]
    [InlineData("Platform:Mongo:Database", "no.name")]
    [InlineData("Platform:Redis:KeyPrefix", "no key")]
    [InlineData("Platform:DrainDelay", "1.00:00:00")]
    public async Task An_option_out_of_its_range_is_refused_by_its_name(string option, string value)
    {
        using var host = Build(PlatformHosting.Standalone, (option, value));
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Ct));
        Assert.Contains(option.Split(':')[^1], refusal.Message);
    }

    [Fact]
    public void A_data_folder_is_shared_by_processes_that_were_all_told_to()
    {
        using (Folder(PlatformHosting.OneMachine))
        using (Folder(PlatformHosting.OneMachine))
        {
            Assert.Throws<DataFolderInUseException>(() => Folder(PlatformHosting.Standalone));
        }

        using var alone = Folder(PlatformHosting.Standalone);
        Assert.Throws<DataFolderInUseException>(() => Folder(PlatformHosting.OneMachine));

        DataFolder Folder(PlatformHosting hosting) =>
            new(Options.Create(new PlatformOptions { DataFolder = _folder.Path, Hosting = hosting }));
    }

    [Fact]
    public void An_adapter_that_does_not_exist_is_refused()
    {
        var builder = Builder(("Platform:Bus", "Pigeon"));
        builder.AddPlatform(PlatformHosting.Standalone);
        using var host = builder.Build();
        Assert.ThrowsAny<InvalidOperationException>(() => host.Services.GetRequiredService<IOptions<PlatformOptions>>().Value);
    }

    [Fact]
    public async Task The_administrators_key_is_made_once_for_its_owners_eyes_only()
    {
        var path = _folder.In("admin.key");
        var texts = new List<string>();
        for (var start = 0; start < 2; start++)
        {
            using var host = Build(PlatformHosting.Standalone);
            await host.StartAsync(Ct);
            texts.Add((await File.ReadAllTextAsync(path, Ct)).Trim());
            var key = await host.Services.GetRequiredService<ApiKeys>().VerifyAsync(texts[^1]);
            Assert.Equal([Scopes.Admin], key!.Scopes);
        }

        Assert.Equal(texts[0], texts[1]);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task An_administrators_key_that_was_given_is_good_after_the_start_and_stays_revoked()
    {
        const string Text = "fs_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        var file = _folder.In("given.key");
        await File.WriteAllTextAsync(file, $"{Text}\n", Ct);
        for (var start = 0; start < 2; start++)
        {
            using var host = Build(PlatformHosting.Standalone, ("Platform:Access:AdminKeyFile", file));
            await host.StartAsync(Ct);
            var keys = host.Services.GetRequiredService<ApiKeys>();
            Assert.Equal(start == 0 ? [Scopes.Admin] : null, (await keys.VerifyAsync(Text))?.Scopes);
            await keys.RevokeAsync("0123456789abcdef", Ct);
        }

        Assert.False(File.Exists(_folder.In("admin.key")));
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("secret", "holds no key")]
    public async Task A_file_without_an_administrators_key_is_refused_at_the_start(string? text, string reason)
    {
        var file = _folder.In("given.key");
        if (text is not null) await File.WriteAllTextAsync(file, text, Ct);
        using var host = Build(PlatformHosting.Standalone, ("Platform:Access:AdminKeyFile", file));
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Ct));
        Assert.Contains("Platform:Access:AdminKeyFile", refusal.Message);
        Assert.Contains(reason, refusal.Message);
        if (text is not null) Assert.DoesNotContain(text, refusal.Message);
    }

    [Fact]
    public async Task A_revoked_administrators_key_is_replaced_at_the_next_start()
    {
        string old;
        using (var host = Build(PlatformHosting.Standalone))
        {
            await host.StartAsync(Ct);
            old = (await File.ReadAllTextAsync(_folder.In("admin.key"), Ct)).Trim();
            await host.Services.GetRequiredService<ApiKeys>().RevokeAsync(old.Split('_')[1], Ct);
        }

        using var later = Build(PlatformHosting.Standalone);
        await later.StartAsync(Ct);
        Assert.NotEqual(old, (await File.ReadAllTextAsync(_folder.In("admin.key"), Ct)).Trim());
    }

    private HostApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Platform:DataFolder", _folder.Path)]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        // What a web host brings.
        builder.Services.AddRouting();
        builder.Services.AddSingleton(new DiagnosticListener("test"));
        return builder;
    }

    private static (string Key, string Value)[] OnRedis(string connection) =>
    [
        ("Platform:Bus", "Redis"), ("Platform:Leases", "Redis"), ("Platform:Cache", "Redis"), ("Platform:ProtectionKeys", "Redis"),
        ("Platform:Redis:Connection", connection),
    ];

    private IHost Build(PlatformHosting? hosting, params (string Key, string Value)[] settings)
    {
        var builder = Builder(settings);
        builder.AddPlatform(hosting);
        return builder.Build();
    }
}
