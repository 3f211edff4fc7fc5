using System.Collections.Concurrent;
using System.Reflection;
using FlickStream.Ingest.Tests.Assets;
using FlickStream.Ingest.Tests.Uploads;
using FlickStream.Ingest.Uploads;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Ingest.Tests;

/// <summary>Two hosts that share blobs, documents, bus and leases, as processes do that run apart.</summary>
public sealed class SeveralProcessesTests : IDisposable
{
    private readonly TemporaryFolder _first = new();
    private readonly TemporaryFolder _second = new();

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task An_upload_has_one_writer_among_all_of_them()
    {
        await using var one = await IngestHost.StartAsync(_first.Path, null, ("Ingest:Uploads:WriterSilence", "00:10:00"));
        await using var other = await BesideAsync(one, ("Ingest:Uploads:WriterWait", "00:00:00.1"));
        var bytes = Bytes.Random(1000);
        var url = new Uri(await one.Client.CreateAsync(1000)).AbsolutePath;
        var body = new SlowBody(bytes, 500);
        var first = one.Client.SendTusAsync(HttpMethod.Patch, url, body, ("Upload-Offset", "0"));
        await Until.TrueAsync(() => one.Services.GetRequiredService<UploadWriters>().IsWriting(url[^20..]));
        await Until.TrueAsync(async () => await LeasesOf(one).CountAsync($"upload:{url[^20..]}") == 1);

        using (var refused = await other.Client.PatchAsync(url, 0, Bytes.Random(1000))) await refused.AssertProblemAsync(423, "upload_locked");

        body.GoOn();
        using var response = await first;
        Assert.Equal(bytes, await one.MasterAsync(await one.AssetAsync(response.Header("FlickStream-Asset")!)));
    }

    [Fact]
    public async Task A_writer_that_died_with_its_process_locks_nobody_out()
    {
        await using var one = await IngestHost.StartAsync(_first.Path);
        await using var other = await BesideAsync(one, ("Ingest:Uploads:WriterWait", "00:00:30"));
        var url = new Uri(await one.Client.CreateAsync(1000)).AbsolutePath;
        Assert.True(await LeasesOf(one).AcquireAsync($"upload:{url[^20..]}", "dead", 1, TimeSpan.FromSeconds(1)));
        using var response = await other.Client.PatchAsync(url, 0, Bytes.Random(1000));
        Assert.NotNull(response.Header("FlickStream-Asset"));
    }

    [Fact]
    public async Task A_master_is_inspected_by_one_of_them()
    {
        await using var one = await IngestHost.StartAsync(_first.Path, Counted, ("Ingest:Assets:SweepInterval", "00:00:00.1"));
        await using var other = await BesideAsync(one, ("Ingest:Assets:SweepInterval", "00:00:00.1"));
        var opened = ((CountedBlobs)one.Blobs).Found;
        for (var i = 0; i < 20; i++)
        {
            await one.Blobs.WriteAsync($"masters/{i}", new MemoryStream("just some plain text"u8.ToArray()));
            await one.Assets.InsertAsync($"{i}", NewAsset.Inspecting($"{i}"));
        }

        await Until.TrueAsync(async () => await one.Assets.CountAsync([DocumentFilter.Equal("state", nameof(AssetState.Refused))]) == 20);
        Assert.Equal(20, opened.Count(found => found.Key.StartsWith("masters/", StringComparison.Ordinal)));
        Assert.All(opened.Where(found => found.Key.StartsWith("masters/", StringComparison.Ordinal)), found => Assert.Equal(1, found.Value));
    }

    [Fact]
    public async Task An_inspection_is_left_to_its_process_and_taken_over_when_that_died()
    {
        await using var one = await IngestHost.StartAsync(
            _first.Path, Counted, ("Ingest:Assets:SweepInterval", "00:00:00.1"), ("Ingest:Assets:InspectionLease", "00:00:00.2"));
        await one.Blobs.WriteAsync("masters/a", new MemoryStream("just some plain text"u8.ToArray()));
        await LeasesOf(one).AcquireAsync("inspect:a", "another", 1, TimeSpan.FromHours(1));
        await one.Assets.InsertAsync("a", NewAsset.Inspecting("a"));
        await one.Assets.InsertAsync("b", NewAsset.Inspecting("b"));
        await Until.TrueAsync(async () => (await one.AssetAsync("b")).State == AssetState.Refused);
        Assert.Equal(AssetState.Inspecting, (await one.AssetAsync("a")).State);
        Assert.DoesNotContain("masters/a", ((CountedBlobs)one.Blobs).Found.Keys);

        await LeasesOf(one).AcquireAsync("inspect:a", "another", 1, TimeSpan.FromMilliseconds(1)); // Its last renewal.
        await Until.TrueAsync(async () => (await one.AssetAsync("a")).State == AssetState.Refused);
    }

    private static ILeases LeasesOf(IngestHost host) => host.Services.GetRequiredService<ILeases>();

    private Task<IngestHost> BesideAsync(IngestHost one, params (string Key, string Value)[] settings)
    {
        File.Copy(Path.Combine(_first.Path, "test.key"), Path.Combine(_second.Path, "test.key"));
        return IngestHost.StartAsync(
            _second.Path,
            services => services
                .AddSingleton(one.Blobs)
                .AddSingleton(one.Services.GetRequiredService<IDocuments>())
                .AddSingleton(one.Services.GetRequiredService<IBus>())
                .AddSingleton(LeasesOf(one)),
            settings);
    }

    private static void Counted(IServiceCollection services) => services.Decorate<IBlobs>(CountedBlobs.Around);

    /// <summary>Counts how often each blob is looked for; an inspection does so once.</summary>
    public class CountedBlobs : DispatchProxy
    {
        private IBlobs _inner = null!;

        public ConcurrentDictionary<string, int> Found { get; } = new();

        public static IBlobs Around(IBlobs inner)
        {
            var counted = Create<IBlobs, CountedBlobs>();
            ((CountedBlobs)counted)._inner = inner;
            return counted;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IBlobs.FindAsync)) Found.AddOrUpdate((string)args![0]!, 1, (_, times) => times + 1);
            return targetMethod.Invoke(_inner, args);
        }
    }
}
