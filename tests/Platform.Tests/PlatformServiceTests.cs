using System.Diagnostics;
using FlickStream.Platform.Access;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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
            var key = await host.Services.GetRequiredService<ApiKeys>().VerifyAsync(texts[^1], Ct);
            Assert.Equal([Scopes.Admin], key!.Scopes);
        }

        Assert.Equal(texts[0], texts[1]);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
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

    private IHost Build(PlatformHosting? hosting)
    {
        var builder = Builder();
        builder.AddPlatform(hosting);
        return builder.Build();
    }
}
