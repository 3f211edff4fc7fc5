using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlickStream.Ingest.Tests.Inspection;
using FlickStream.Ingest.Tests.Uploads;
using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Tests.Assets;

/// <summary>From the last byte of an upload to the verdict, with real masters and real ffprobe.</summary>
public sealed class InspectionTests : InspectionBench
{
    [Fact]
    public async Task An_uploaded_master_is_accepted_with_what_was_found()
    {
        await using var host = await IngestHost.StartAsync(PathOf("data"));
        var bytes = await File.ReadAllBytesAsync(await MasterAsync("master.mp4", "25"));
        var url = await host.Client.CreateAsync(bytes.Length);
        (await host.Client.PatchAsync(url, 0, bytes)).Dispose();

        var asset = await VerdictAsync(host, url[^20..]);

        Assert.Equal("encoding", (string?)asset["state"]);
        Assert.Equal("25/1", (string?)asset["media"]!["video"]!["frameRate"]);
        Assert.Equal(160, (int?)asset["media"]!["video"]!["width"]);
    }

    [Fact]
    public async Task A_file_that_is_no_media_is_refused()
    {
        await using var host = await IngestHost.StartAsync(PathOf("data"));
        var url = await host.Client.CreateAsync(20);
        (await host.Client.PatchAsync(url, 0, "just some plain text"u8.ToArray())).Dispose();

        var asset = await VerdictAsync(host, url[^20..]);

        Assert.Equal(("refused", "not_media"), ((string?)asset["state"], (string?)asset["problem"]!["code"]));
    }

    [Fact]
    public async Task An_asset_that_a_stop_left_in_inspection_is_inspected_by_the_next_start()
    {
        await using (var host = await IngestHost.StartAsync(PathOf("data")))
        {
            await host.Blobs.WriteAsync("masters/a", new MemoryStream("just some plain text"u8.ToArray()));
            await host.Blobs.WriteAsync("masters/b", new MemoryStream([]));
            await host.StopAsync();
            foreach (var id in new[] { "a", "b", "c" }) await host.Assets.InsertAsync(id, NewAsset.Inspecting(id) with { Owner = host.Owner });
        }

        await using var again = await IngestHost.StartAsync(PathOf("data"));

        Assert.Equal("not_media", (string?)(await VerdictAsync(again, "a"))["problem"]!["code"]);
        Assert.Equal("refused", (string?)(await VerdictAsync(again, "b"))["state"]);
        Assert.Equal("master_missing", (string?)(await VerdictAsync(again, "c"))["problem"]!["code"]);
    }

    [Fact]
    public async Task A_master_that_an_earlier_version_accepted_is_read_once_more_where_a_plan_waits_for_it()
    {
        await using var host = await IngestHost.StartAsync(PathOf("data"));
        var master = await MasterAsync("master.ts", seconds: 3, arguments: ["-g", "999"]);
        var report = await AcceptedAsync(master);
        await host.Blobs.WriteAsync("masters/there", File.OpenRead(master));
        foreach (var id in new[] { "there", "gone" })
        {
            await host.Assets.InsertAsync(id, NewAsset.Inspecting(id) with
            {
                State = AssetState.Planned, IsLeadWanted = true, Media = report with { Video = report.Video! with { LeadSeconds = null, GopSeconds = null } },
            });
        }

        var read = await ReadAsync("there");
        Assert.Equal(AssetState.Planned, read.State);
        Assert.Equal(report.Video, read.Media!.Video);
        // All of it is read from the beginning.
        Assert.Equal(report.DurationSeconds, (await ReadAsync("gone")).Media!.Video!.LeadSeconds);

        async Task<Asset> ReadAsync(string id)
        {
            await Until.TrueAsync(async () => (await host.Assets.GetAsync(id))!.Value is { IsLeadWanted: false });
            return (await host.Assets.GetAsync(id))!.Value;
        }
    }

    private static async Task<JsonNode> VerdictAsync(IngestHost host, string id)
    {
        JsonNode? asset = null;
        await Until.TrueAsync(async () =>
        {
            asset = await host.Client.GetFromJsonAsync<JsonNode>($"/api/assets/{id}");
            return (string?)asset!["state"] != "inspecting";
        });
        return asset!;
    }
}
