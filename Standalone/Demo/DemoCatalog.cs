using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Standalone.Run;
using Microsoft.Extensions.Options;

namespace FlickStream.Standalone.Demo;

/// <summary>Brings the demo's clips, titles and artwork by the interface that studios use. What is there already is left alone.</summary>
internal sealed class DemoCatalog(DemoFiles files, IOptions<DemoOptions> options, TimeProvider time, ILogger<DemoCatalog> log)
{
    public const string Studio = "Lantern House Pictures";

    // After everything that people bring.
    private const int Priority = -50;

    /// <summary>The studio's id; it is made where there is none of its name.</summary>
    public static async Task<string> OrganisationAsync(HttpClient admin, CancellationToken cancellationToken)
    {
        var all = await admin.GetFromJsonAsync<JsonElement>("/api/organisations?limit=200", cancellationToken);
        var known = all.GetProperty("items").EnumerateArray().FirstOrDefault(one => one.GetProperty("name").GetString() == Studio);
        if (known.ValueKind == JsonValueKind.Undefined)
            known = await OwnApi.SendAsync(admin, HttpMethod.Post, "/api/organisations", JsonContent.Create(new { name = Studio }), cancellationToken);
        return known.GetProperty("id").GetString()!;
    }

    /// <summary>Takes the clips in one after the other, so that what people bring meanwhile waits for one at most, and publishes each title once it can be
    /// played.</summary>
    /// <param name="admin">Sends the administrator's key.</param>
    /// <param name="studio">Sends a key of the studio.</param>
    /// <param name="organisationId">The studio's.</param>
    /// <param name="begunAt">When the demo was begun.</param>
    /// <param name="cancellationToken">Stops it; the next call goes on.</param>
    public async Task FillAsync(HttpClient admin, HttpClient studio, string organisationId, DateTimeOffset begunAt, CancellationToken cancellationToken)
    {
        var assets = await AssetsAsync(studio, cancellationToken);
        foreach (var title in DemoTitle.All.Take(options.Value.Titles))
        {
            if (title.Tone is not null)
            {
                if (!assets.TryGetValue(title.FileName, out var asset)) assets[title.FileName] = asset = await UploadAsync(studio, title, cancellationToken);
                if (asset is null || !await IsReadyAsync(admin, studio, asset, cancellationToken)) continue;
            }

            await ImportAsync(admin, title.Row(assets.GetValueOrDefault(title.FileName), begunAt), organisationId, cancellationToken);
            if (title.Picture is not null) await DrawAsync(admin, title, organisationId, cancellationToken);
        }
    }

    private static async Task<Dictionary<string, string?>> AssetsAsync(HttpClient studio, CancellationToken cancellationToken)
    {
        var page = await studio.GetFromJsonAsync<JsonElement>("/api/assets?limit=200", cancellationToken);
        return page.GetProperty("items").EnumerateArray().DistinctBy(asset => asset.GetProperty("fileName").GetString())
            .ToDictionary(asset => asset.GetProperty("fileName").GetString()!, asset => asset.GetProperty("id").GetString());
    }

    private async Task<string?> UploadAsync(HttpClient studio, DemoTitle title, CancellationToken cancellationToken)
    {
        var clip = await files.ClipAsync(title, cancellationToken);
        var (asset, refusal) = await OwnApi.UploadAsync(studio, clip, title.Name, cancellationToken);
        if (asset is null) log.LogError("The clip of {Title} was not taken in: {Refusal}", title.Name, refusal);
        File.Delete(clip);
        return asset;
    }

    private async Task<bool> IsReadyAsync(HttpClient admin, HttpClient studio, string assetId, CancellationToken cancellationToken)
    {
        var isLowered = false;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), time);
        while (await OwnApi.AssetAsync(studio, assetId, cancellationToken) is { } asset)
        {
            var state = asset.GetProperty("state").GetString();
            if (state is "ready") return true;
            if (state is "refused" or "failed" or "cancelled") return false;
            if (!isLowered && asset.TryGetProperty("jobId", out var job) && job.GetString() is { } id)
            {
                using var lowered = await admin.PutAsJsonAsync($"/api/jobs/{id}/priority", new { priority = Priority }, cancellationToken);
                isLowered = true;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return false;
    }

    private async Task ImportAsync(HttpClient admin, JsonNode row, string organisationId, CancellationToken cancellationToken)
    {
        using var content = new StringContent(row.ToJsonString(), new MediaTypeHeaderValue("application/x-ndjson"));
        var report = await OwnApi.SendAsync(admin, HttpMethod.Post, $"/api/studio/titles/import?organisationId={organisationId}", content, cancellationToken);
        if (report.GetProperty("refused").GetInt32() > 0) log.LogError("A title of the demo was refused: {Report}", report);
    }

    private async Task DrawAsync(HttpClient admin, DemoTitle title, string organisationId, CancellationToken cancellationToken)
    {
        var all = await admin.GetFromJsonAsync<JsonElement>($"/api/studio/titles?organisationId={organisationId}&limit=200", cancellationToken);
        var made = all.GetProperty("items").EnumerateArray()
            .FirstOrDefault(one => one.GetProperty("content").GetProperty("externalId").GetString() == title.ExternalId);
        if (made.ValueKind == JsonValueKind.Undefined || made.GetProperty("artwork").GetArrayLength() > 0) return;
        var picture = await files.ArtworkAsync(title, cancellationToken);
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(picture, cancellationToken));
        await OwnApi.SendAsync(
            admin, HttpMethod.Put, $"/api/studio/titles/{made.GetProperty("id").GetString()}/artwork/{title.ArtworkRole}?language={title.OriginalLanguage}", content, cancellationToken);
        File.Delete(picture);
    }
}
