using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>What a studio's own program does over HTTP.</summary>
internal static class Studio
{
    internal sealed record Grant(string GrantId, string Hls, string Dash);

    private static readonly TimeSpan EncodeLimit = TimeSpan.FromMinutes(10);

    /// <summary>Uploads a file by tus, creation with upload.</summary>
    /// <param name="client">Sends the studio's key.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="replaces">The asset whose master it shall be; none: a new one's.</param>
    /// <returns>The asset's id.</returns>
    public static async Task<string> UploadAsync(
        this HttpClient client, string path, CancellationToken cancellationToken, string? replaces = null)
    {
        await using var file = File.OpenRead(path);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads") { Content = new StreamContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", file.Length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", $"filename {Encoded(Path.GetFileName(path))}{(replaces is null ? "" : $",replaces {Encoded(replaces)}")}");
        using var response = await client.SendAsync(request, cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        return response.Headers.GetValues("FlickStream-Asset").Single();
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The one that the process was started with, once it is taken in.</summary>
    public static async Task<string> OnlyAssetAsync(this HttpClient client, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>("/api/assets", cancellationToken);
            if (page.GetProperty("items").EnumerateArray().SingleOrDefault() is { ValueKind: JsonValueKind.Object } asset)
                return asset.GetProperty("id").GetString()!;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
        throw new InvalidOperationException("The timer ended.");
    }

    public static Task<JsonElement> AssetAsync(this HttpClient client, string assetId, CancellationToken cancellationToken) =>
        client.GetFromJsonAsync<JsonElement>($"/api/assets/{assetId}", cancellationToken);

    /// <summary>Asks for the asset until it is as wanted; a refusal or failure ends the wait with its own words.</summary>
    public static async Task<JsonElement> WaitForAsync(
        this HttpClient client, string assetId, Func<JsonElement, bool> isWanted, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(EncodeLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        do
        {
            var asset = await client.AssetAsync(assetId, limit.Token);
            if (isWanted(asset)) return asset;
            Assert.False(asset.StateIs("failed") || asset.StateIs("refused"), asset.ToString());
        }
        while (await timer.WaitForNextTickAsync(limit.Token));
        throw new InvalidOperationException("The timer ended.");
    }

    public static async Task<Grant> GrantAsync(
        this HttpClient client, string assetId, CancellationToken cancellationToken, int? maxHeight = null, double? ttlSeconds = null)
    {
        using var response = await client.PostAsJsonAsync("/api/playback", new { assetId, maxHeight, ttlSeconds }, cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        return (await response.Content.ReadFromJsonAsync<Grant>(cancellationToken))!;
    }

    public static bool StateIs(this JsonElement asset, string state) => asset.GetProperty("state").GetString() == state;

    public static bool IsPlayable(this JsonElement asset) => asset.GetProperty("playable").GetBoolean();
}
