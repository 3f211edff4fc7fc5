using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlickStream.Ingest.Assets;
using FlickStream.Ingest.Tests.Inspection;
using FlickStream.Ingest.Tests.Uploads;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Ingest.Tests.Assets;

/// <summary>Another master for an asset that is there.</summary>
public sealed class ReplacementTests : InspectionBench
{
    private static readonly byte[] NoMedia = "just some plain text"u8.ToArray();

    [Fact]
    public async Task An_accepted_master_takes_the_place_of_the_old_one_which_goes_when_Transcoder_has_taken_it()
    {
        await using var host = await StartAsync();
        var bytes = await File.ReadAllBytesAsync(await MasterAsync("new.mp4", "25"), Ct);

        var upload = await ReplaceAsync(host, bytes, "new.mp4");

        await Until.TrueAsync(async () => (await AssetAsync(host)).State is AssetState.Accepted);
        var asset = await AssetAsync(host);
        Assert.Equal(($"masters/{upload}", "new.mp4", bytes.LongLength), (asset.MasterKey, asset.FileName, asset.SizeBytes));
        Assert.Equal((160, "title"), (asset.Media!.Video!.Width, asset.Title));
        Assert.Null(asset.Replacement);
        Assert.NotNull(asset.Sha256);
        await SweepAsync(host);
        Assert.NotNull(await host.Blobs.FindAsync("masters/title", Ct));
        await host.Assets.UpdateAsync("title", a => a with { State = AssetState.Planned }, Ct);
        await SweepAsync(host);

        Assert.Null(await host.Blobs.FindAsync("masters/title", Ct));
        Assert.NotNull(await host.Blobs.FindAsync($"masters/{upload}", Ct));
        Assert.Empty((await AssetAsync(host)).SpareMasters);
    }

    [Fact]
    public async Task A_refused_one_leaves_the_asset_as_it_was_and_says_why()
    {
        await using var host = await StartAsync();
        var before = await AssetAsync(host);

        var upload = await ReplaceAsync(host, NoMedia, "notes.txt");

        await Until.TrueAsync(async () => (await AssetAsync(host)).Replacement?.State is ReplacementState.Refused);
        var answer = (await host.Client.GetFromJsonAsync<JsonNode>("/api/assets/title", Ct))!;
        Assert.Equal(
            ("refused", "not_media", upload, "notes.txt"),
            ((string?)answer["replacement"]!["state"], (string?)answer["replacement"]!["problem"]!["code"],
                (string?)answer["replacement"]!["uploadId"], (string?)answer["replacement"]!["fileName"]));
        Assert.Null((string?)answer["problem"]?["code"]);
        await SweepAsync(host);
        var asset = await AssetAsync(host);
        Assert.Equal((before.State, before.MasterKey, before.SizeBytes), (asset.State, asset.MasterKey, asset.SizeBytes));
        Assert.Null(await host.Blobs.FindAsync($"masters/{upload}", Ct));
        Assert.NotNull(await host.Blobs.FindAsync("masters/title", Ct));
    }

    [Fact]
    public async Task Of_two_that_wait_for_inspection_the_last_counts()
    {
        await using var host = await StartAsync(("Ingest:Assets:ParallelInspections", "1"));
        var bytes = await File.ReadAllBytesAsync(await MasterAsync("new.mp4", "25"), Ct);
        var upload = new Uploaded(host, "second");
        await host.Blobs.WriteAsync("masters/first", new MemoryStream(NoMedia), Ct);
        await host.Assets.UpdateAsync("title", a => a with { Replacement = Uploaded.Offered("first") }, Ct);

        Assert.True(await upload.OfferAsync(bytes));
        Assert.True(await upload.OfferAsync(bytes));

        Assert.Equal(["masters/first"], (await AssetAsync(host)).SpareMasters);
        Assert.Equal("masters/second", (await AssetAsync(host)).Replacement!.MasterKey);
    }

    [Fact]
    public async Task An_asset_that_does_not_exist_cannot_be_replaced()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.PostTusAsync(("Upload-Length", "5"), Replaces("nobody"));

        await response.AssertProblemAsync(404, "replaced_asset_not_found");
        Assert.Equal(0, await host.Uploads.CountAsync([], Ct));
    }

    [Fact]
    public async Task An_upload_whose_asset_is_deleted_meanwhile_is_refused_and_leaves_nothing()
    {
        await using var host = await StartAsync();
        var url = await host.Client.CreateAsync(NoMedia.Length, Replaces("title"));
        (await host.Client.DeleteAsync("/api/assets/title", Ct)).Dispose();

        using var response = await host.Client.PatchAsync(url, 0, NoMedia);

        await response.AssertProblemAsync(404, "replaced_asset_not_found");
        await Until.TrueAsync(async () => await host.Blobs.FindAsync($"masters/{url[^20..]}", Ct) is null);
        Assert.Equal(1, await host.Assets.CountAsync([], Ct));
    }

    [Fact]
    public async Task A_deleted_asset_takes_along_what_was_offered_and_what_it_had()
    {
        await using var host = await StartAsync();
        foreach (var id in new[] { "offered", "spare" }) await host.Blobs.WriteAsync($"masters/{id}", new MemoryStream([1]), Ct);
        await host.Assets.UpdateAsync(
            "title",
            a => a with { State = AssetState.Deleted, Replacement = Uploaded.Offered("offered"), SpareMasters = ["masters/spare"] },
            Ct);

        await SweepAsync(host);

        await foreach (var blob in host.Blobs.ListAsync("masters/", Ct)) Assert.Fail(blob.Key);
    }

    [Fact]
    public async Task A_replacement_that_a_stop_left_in_inspection_is_inspected_by_the_next_start()
    {
        await using (var host = await StartAsync())
        {
            await host.StopAsync();
            await host.Blobs.WriteAsync("masters/offered", new MemoryStream(NoMedia), Ct);
            await host.Assets.UpdateAsync("title", a => a with { Replacement = Uploaded.Offered("offered") }, Ct);
        }

        await using var again = await IngestHost.StartAsync(PathOf("data"));
        await Until.TrueAsync(async () => (await AssetAsync(again)).Replacement!.Problem?.Code == "not_media");
    }

    [Fact]
    public async Task Of_an_encoding_that_was_let_go_the_media_go_that_no_other_uses()
    {
        await using var host = await StartAsync();
        var presentations = host.Services.GetRequiredService<IDocuments>().Set(Presentation.Schema);
        var now = TimeProvider.System.GetUtcNow();
        await presentations.InsertAsync("title", Encoding("new", reused: "old"), Ct);
        await presentations.InsertAsync("title:old", Encoding("old", null) with { RetiredAt = now, ReleasedAt = now, LetGoAt = now }, Ct);
        await presentations.InsertAsync("title:kept", Encoding("kept", null) with { RetiredAt = now, ReleasedAt = now }, Ct);
        foreach (var revision in new[] { "new", "old", "kept" })
            foreach (var name in new[] { "v360/0.m4s", "v36/0.m4s", "sprites/0.jpg", "poster.jpg" })
                await host.Blobs.WriteAsync($"media/title/{revision}/{name}", new MemoryStream([1]), Ct);

        await SweepAsync(host);

        var left = new List<string>();
        await foreach (var blob in host.Blobs.ListAsync("media/title/old/", Ct)) left.Add(blob.Key["media/title/old/".Length..]);
        Assert.Equal(["v36/0.m4s", "v360/0.m4s"], left);
        Assert.Null(await presentations.GetAsync("title:old", Ct));
        Assert.Equal(2, await presentations.CountAsync([], Ct));
    }

    /// <param name="revision">Its own.</param>
    /// <param name="reused">Where its picture lies; null: in its own.</param>
    private static Presentation Encoding(string revision, string? reused) => new()
    {
        AssetId = "title",
        Revision = revision,
        State = PresentationState.Ready,
        Grid = new SegmentGrid(25, 50, 150, [1]),
        Frames = 250,
        Video = [new VideoRendition("v360", 640, 360, "avc1.64001e", 800_000, 12800) { Source = new("recipe", reused) }],
        Audio = [],
        Thumbnail = new PixelSize(160, 90),
        CreatedAt = TimeProvider.System.GetUtcNow(),
    };

    private async Task<IngestHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = await IngestHost.StartAsync(PathOf("data"), null, [("Ingest:Assets:SweepInterval", "01:00:00"), .. settings]);
        await host.Blobs.WriteAsync("masters/title", new MemoryStream([1]), Ct);
        await host.Assets.InsertAsync("title", NewAsset.Inspecting("title") with { Owner = host.Owner, State = AssetState.Planned }, Ct);
        return host;
    }

    private static async Task<string> ReplaceAsync(IngestHost host, byte[] bytes, string fileName)
    {
        var (key, value) = Replaces("title");
        var url = await host.Client.CreateAsync(bytes.Length, (key, $"{value},filename {TusExtensions.Encoded(fileName)}"));
        using var response = await host.Client.PatchAsync(url, 0, bytes);
        Assert.Equal("title", response.Header("FlickStream-Asset"));
        return url[^20..];
    }

    private static (string Name, string Value) Replaces(string assetId) => ("Upload-Metadata", $"replaces {TusExtensions.Encoded(assetId)}");

    private static Task SweepAsync(IngestHost host) => host.Services.GetRequiredService<AssetRemoval>().SweepAsync(Ct);

    private static async Task<Asset> AssetAsync(IngestHost host) => (await host.Assets.GetAsync("title", Ct))!.Value;
}
