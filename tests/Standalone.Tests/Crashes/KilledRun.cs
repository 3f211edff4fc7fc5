using System.Net;
using System.Text.Json;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Crashes;

/// <summary>A FlickStream that is killed at moments a seed chooses, and started again each time on what it left.</summary>
internal sealed class KilledRun(string dataFolder, int kills, int seed, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const int PatchBytes = 256 << 10;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    // Publishing takes a little longer. Looking again after 1 ms took a core from what encodes, for as long as there was something to encode.
    private static readonly TimeSpan LookForPublishing = TimeSpan.FromMilliseconds(10);

    private readonly Random _random = new(seed);

    /// <summary>The phases in which it was killed, in order.</summary>
    public List<string> Kills { get; } = [];

    public RunningFlickStream FlickStream { get; private set; } = null!;

    public bool MayKill => Kills.Count < kills;

    /// <summary>Quick sweeps, small slices, so that there is something to interrupt; no tombstones, so that a deletion has an end.</summary>
    public static IReadOnlyDictionary<string, string> Options { get; } = new Dictionary<string, string>
    {
        ["Ingest__Uploads__SliceBytes"] = "65536",
        ["Ingest__Uploads__SweepInterval"] = "00:00:01",
        ["Ingest__Assets__SweepInterval"] = "00:00:00.5",
        ["Ingest__Assets__TombstoneLifetime"] = "00:00:00",
        ["Board__SweepInterval"] = "00:00:01",
        ["Origin__WithdrawalInterval"] = "00:00:00.5",
        // What is broken off and done again is the same at any speed.
        ["Planning__Preset"] = "superfast",
    };

    public async Task StartAsync() => FlickStream = await RunningFlickStream.StartOnAsync(dataFolder, Options, cancellationToken);

    /// <summary>Uploads a master and sees it through to ready.</summary>
    /// <returns>The asset's id.</returns>
    public async Task<string> TakeInAsync(byte[] master, int killsInUpload)
    {
        if (MayKill)
        {
            var unheard = FlickStream.Client.CreateUploadAsync("master.mov", master.Length, cancellationToken);
            await KillAsync("creation", _random.Next(12), unheard);
        }

        var id = await FlickStream.Client.CreateUploadAsync("master.mov", master.Length, cancellationToken);
        await UploadAsync(id, master, killsInUpload);
        if (MayKill) await KillAsync("after the last byte", _random.Next(400));
        var killsInEncoding = _random.Next(2, 5);
        while (await StateAsync(id) is var state && state != "ready")
        {
            Assert.True(state is "inspecting" or "encoding", $"{state} after {string.Join(", ", Kills)}:\n{FlickStream.Output}");
            if (!MayKill) await Task.Delay(Look, TimeProvider.System, cancellationToken);
            else if (killsInEncoding-- > 0) await KillAsync(state, _random.Next(50, 1200));
            else if (IsPublishing(id)) await KillAsync("publishing", _random.Next(15));
            else await Task.Delay(LookForPublishing, TimeProvider.System, cancellationToken);
        }

        return id;
    }

    public Task KillWhileRemovingAsync() => KillAsync("removal", _random.Next(600));

    public ValueTask DisposeAsync() => FlickStream.DisposeAsync();

    /// <summary>Nothing of it is left to do but the last step.</summary>
    private bool IsPublishing(string id)
    {
        var steps = new DataContents(dataFolder).Documents("steps").Where(step => step.Id.StartsWith(id, StringComparison.Ordinal)).ToArray();
        return steps.Length > 0
            && steps.All(step => step.Id.EndsWith(":publish", StringComparison.Ordinal) || DataContents.StateOf(step.Json) == "done");
    }

    private async Task UploadAsync(string id, byte[] master, int killsInUpload)
    {
        var patches = (master.Length + PatchBytes - 1) / PatchBytes;
        // The last PATCH is among those that may be killed: completing an upload is part of it.
        var doomed = Enumerable.Range(0, killsInUpload).Select(_ => _random.Next(patches)).ToHashSet();
        long acknowledged = 0;
        for (var patch = 0; acknowledged < master.Length; patch++)
        {
            var sent = (int)Math.Min(PatchBytes, master.Length - acknowledged);
            var append = FlickStream.Client.AppendAsync(id, acknowledged, master.AsMemory((int)acknowledged, sent), cancellationToken);
            if (!doomed.Contains(patch) || !MayKill)
            {
                acknowledged = await append;
                continue;
            }

            await KillAsync("upload", _random.Next(25), append);
            if (append.IsCompletedSuccessfully) acknowledged = await append;
            var kept = await FlickStream.Client.OffsetAsync(id, cancellationToken);
            Assert.InRange(kept, acknowledged, Math.Min(acknowledged + sent, master.Length));
            acknowledged = kept;
        }
    }

    private async Task KillAsync(string phase, int milliseconds, Task? request = null)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, cancellationToken);
        var working = MediaProcesses.Of(dataFolder);
        await FlickStream.KillAsync();
        if (request is not null) await ((Task)Task.WhenAny(request)).WaitAsync(cancellationToken);
        Assert.False(request?.Exception?.InnerException is not (null or HttpRequestException { StatusCode: null } or IOException), request?.Exception?.ToString());
        await FlickStream.DisposeAsync();
        Kills.Add($"{phase} +{milliseconds} ms, {working.Count} at work");
        await StartAsync();
        await MediaProcesses.AssertEndAsync(working, cancellationToken);
    }

    private async Task<string> StateAsync(string id)
    {
        using var response = await FlickStream.Client.GetAsync(new Uri($"/api/assets/{id}", UriKind.Relative), cancellationToken);
        // The client has sent its last byte, and the asset is made by whichever process lives then.
        if (response.StatusCode == HttpStatusCode.NotFound) return "inspecting";
        var asset = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        return asset.RootElement.GetProperty("state").GetString()!;
    }
}
