using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FlickStream.Platform;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace FlickStream.Standalone.Run;

/// <summary>The server's own HTTP interface, used by the command line as any other program would use it.</summary>
internal sealed class OwnApi(IServer server, IHttpClientFactory clients, IOptions<PlatformOptions> platform)
{
    /// <summary>Where people reach the server, without a slash at the end.</summary>
    public Uri Address
    {
        get
        {
            var bound = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
            return bound.Host is "127.0.0.1" or "0.0.0.0" or "[::1]" or "[::]" ? new UriBuilder(bound) { Host = "localhost" }.Uri : bound;
        }
    }

    public string AdminKeyPath { get; } = Path.Combine(platform.Value.DataFolder, "admin.key");

    public async Task<string> AdminKeyAsync(CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(AdminKeyPath, cancellationToken)).Trim();

    /// <summary>With the administrator's key.</summary>
    public async Task<HttpClient> ConnectAsync(CancellationToken cancellationToken) => Connect(await AdminKeyAsync(cancellationToken));

    public HttpClient Connect(string key)
    {
        var client = clients.CreateClient();
        client.BaseAddress = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("0.0.0.0", "127.0.0.1"));
        client.Timeout = Timeout.InfiniteTimeSpan;

        // Playback addresses begin with the host that was asked for: people shall see the one they were told to open.
        client.DefaultRequestHeaders.Host = Address.Authority;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <exception cref="HttpRequestException">It was refused, by what the message says.</exception>
    public static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await client.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)
            : throw new HttpRequestException($"{method} {path}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    public static async Task<bool> HasAssetsAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var page = await client.GetFromJsonAsync<JsonElement>("/api/assets?limit=1", cancellationToken);
        return page.GetProperty("items").GetArrayLength() > 0;
    }

    /// <summary>Uploads a file by tus, creation with upload.</summary>
    /// <returns>The asset's id, or why the file was not taken: a sentence and a code.</returns>
    public static async Task<(string? AssetId, string? Refusal)> UploadAsync(
        HttpClient client, string path, string title, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.SequentialScan);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads") { Content = new StreamContent(file, 1 << 17) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", file.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", $"filename {Base64(Path.GetFileName(path))},title {Base64(title)}");
        using var response = await client.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode) return (response.Headers.GetValues("FlickStream-Asset").Single(), null);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return (null, $"{problem.GetProperty("title").GetString()} ({problem.GetProperty("code").GetString()})");
    }

    public static async Task<JsonElement?> AssetAsync(HttpClient client, string assetId, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(new Uri($"/api/assets/{assetId}", UriKind.Relative), cancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken) : null;
    }

    public static async Task<JsonElement> GrantAsync(HttpClient client, string assetId, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync("/api/playback", new { assetId }, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
