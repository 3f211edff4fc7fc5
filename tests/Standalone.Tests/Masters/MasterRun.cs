using System.Collections.Concurrent;
using System.Text.Json;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Masters;

/// <summary>All masters of the table through FlickStream and one page of one browser; what became of each is kept for its test.</summary>
public sealed class MasterRun : IAsyncLifetime
{
    // Most of a row's time is waiting for its turn at the encoders.
    private const int RowsAtOnce = 8;

    private static readonly TimeSpan EncodeLimit = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-masters-");
    private readonly ConcurrentDictionary<string, Outcome> _outcomes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunningFlickStream> _flickStreams = [];

    /// <param name="Asset">As the API tells it at the end.</param>
    /// <param name="Title">Null when there is nothing to play.</param>
    /// <param name="Played">Null when there is nothing to play.</param>
    /// <param name="Fault">What kept the row from its end; null when nothing did.</param>
    internal sealed record Outcome(JsonElement Asset, string? Url, Multivariant? Title, Decoded? Decoded, BrowserRun? Played, string? Fault)
    {
        /// <summary>Of the MPD; null when there is nothing to play.</summary>
        public string? Dash { get; init; }

        public Mpd? Mpd { get; init; }

        /// <summary>Channels and loudness of the default track in each group of sound, where the row asks for them.</summary>
        public IReadOnlyList<(int Channels, double Lufs)> Groups { get; init; } = [];

        public IReadOnlyList<OtherLadder> Others { get; init; } = [];
    }

    /// <param name="Said">What ffprobe reads in its first frame.</param>
    internal sealed record OtherLadder(Multivariant.Variant Variant, Decoded Decoded, string Said);

    /// <param name="Error">Why it did not play to its end; null when it did.</param>
    /// <param name="Colors">At the probes, in the last picture.</param>
    internal sealed record BrowserRun(string Name, string? Error, int Width, int Height, IReadOnlyList<int[]> Colors);

    internal Outcome Of(string name) => _outcomes[name];

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var master in MasterTable.Chosen.DistinctBy(OptionsOf))
        {
            var codecs = master.HasAllCodecs ? "true" : "false";
            _flickStreams[OptionsOf(master)] = await RunningFlickStream.StartOnAsync(
                _folder.CreateSubdirectory($"data{OptionsOf(master)}").FullName,
                new Dictionary<string, string>
                {
                    ["Planning__Quality"] = "18", ["Planning__Loudness"] = LoudnessOf(master),
                    ["Planning__Hevc"] = codecs, ["Planning__HevcPreset"] = "ultrafast", ["Planning__HevcQuality"] = "16",
                    ["Planning__Av1"] = codecs, ["Planning__Av1Preset"] = "12", ["Planning__Av1Quality"] = "20",
                },
                cancellation);
        }

        await Parallel.ForEachAsync(
            MasterTable.Chosen,
            new ParallelOptions { MaxDegreeOfParallelism = RowsAtOnce, CancellationToken = cancellation },
            async (master, stop) => _outcomes[master.Name] = await RunAsync(master, stop));
        foreach (var played in await PlayAsync(cancellation))
            _outcomes[played.Name] = _outcomes[played.Name] with { Played = played };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var flickStream in _flickStreams.Values) await flickStream.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string OptionsOf(Master master) => $"{LoudnessOf(master)}{(master.HasAllCodecs ? "-all" : "")}";

    private static string LoudnessOf(Master master) => master.Loudness ?? "off";

    private async Task<Outcome> RunAsync(Master master, CancellationToken cancellationToken)
    {
        var outcome = new Outcome(default, null, null, null, null, null);
        try
        {
            var client = _flickStreams[OptionsOf(master)].Client;
            var id = await client.UploadAsync(await MasterFiles.MakeAsync(master, _folder, cancellationToken), cancellationToken);
            outcome = outcome with { Asset = await EndAsync(client, id, cancellationToken) };
            if (!outcome.Asset.StateIs("ready")) return outcome;
            var grant = await client.GrantAsync(id, cancellationToken);
            outcome = outcome with { Url = grant.Hls, Dash = grant.Dash, Mpd = await Mpd.ReadAsync(client, grant.Dash, cancellationToken) };
            outcome = outcome with { Title = await Multivariant.ReadAsync(client, outcome.Url, cancellationToken) };
            if (master.Expected.Groups is not null)
            {
                var groups = await Task.WhenAll(outcome.Title.Groups.Select(async group => (group.Channels, await Decoded.LufsAsync(group.Address, cancellationToken))));
                outcome = outcome with { Groups = groups };
            }

            var others = new List<OtherLadder>();
            foreach (var variant in outcome.Title.Others)
            {
                var folder = _folder.CreateSubdirectory($"{master.Name}/{variant.Codec}");
                var decoded = await Decoded.OfAsync(
                    outcome.Title with { Video = variant.Address }, folder, cancellationToken, variant.Range == "SDR" ? "null" : MasterTable.FromLight);
                others.Add(new OtherLadder(variant, decoded, await Decoded.FirstFrameAsync(variant.Address, cancellationToken)));
            }

            outcome = outcome with { Others = others };
            return outcome with { Decoded = await Decoded.OfAsync(outcome.Title, _folder.CreateSubdirectory($"{master.Name}/out"), cancellationToken) };
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // One row that fails leaves the others to be told apart.
            return outcome with { Fault = fault.Message };
        }
    }

    private static async Task<JsonElement> EndAsync(HttpClient client, string id, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(EncodeLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        JsonElement asset;
        do asset = await client.AssetAsync(id, limit.Token);
        while (asset.GetProperty("state").GetString() is "inspecting" or "encoding" && await timer.WaitForNextTickAsync(limit.Token));
        return asset;
    }

    private async Task<IReadOnlyList<BrowserRun>> PlayAsync(CancellationToken cancellationToken)
    {
        var titles = MasterTable.Chosen.Where(master => _outcomes[master.Name].Url is not null).Select(master => new
        {
            master.Name,
            _outcomes[master.Name].Url,
            Seconds = _outcomes[master.Name].Decoded is { Times: [.., var last] } ? last : 0,
            Points = master.Expected.Probes.Select(probe => (double[])[probe.X, probe.Y]),
        });
        var list = Path.Combine(_folder.FullName, "titles.json");
        await File.WriteAllTextAsync(list, JsonSerializer.Serialize(titles, JsonSerializerOptions.Web), cancellationToken);
        return await NodeScript.RunAsync<IReadOnlyList<BrowserRun>>("masters.mjs", [list], cancellationToken);
    }
}
