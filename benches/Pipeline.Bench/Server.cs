using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace FlickStream.Pipeline.Bench;

/// <summary>FlickStream in a process of its own on an empty data folder.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _data;

    private Server(Process process, string data, Uri page)
    {
        (_process, _data, Page) = (process, data, page);
        Client = new HttpClient { BaseAddress = new Uri(page.GetLeftPart(UriPartial.Authority)), Timeout = Timeout.InfiniteTimeSpan };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", page.Fragment["#key=".Length..]);
    }

    /// <summary>With the administrator's key behind the #.</summary>
    public Uri Page { get; }

    public HttpClient Client { get; }

    public static async Task<Server> StartAsync(string data)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "FlickStream.Standalone.dll");
        var process = Process.Start(
            new ProcessStartInfo("dotnet", [program, "--data", data, "--port", "0", "--empty"]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf("http://", StringComparison.Ordinal) is > 0 and var at && line.Contains("#key=", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new Server(process, data, new Uri(line[at..].Trim()));
            }
        }

        throw new InvalidOperationException("FlickStream did not start.");
    }

    public async Task<string> UploadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads") { Content = new StreamContent(file, 1 << 17) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", file.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("FlickStream-Asset").Single();
    }

    public Task<JsonElement> AssetAsync(string id) => Client.GetFromJsonAsync<JsonElement>($"/api/assets/{id}");

    public async Task<JsonElement> WaitAsync(string id, Func<JsonElement, bool> until)
    {
        // Seldom enough that being asked costs the server nothing.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await timer.WaitForNextTickAsync())
        {
            var asset = await AssetAsync(id);
            if (asset.GetProperty("state").GetString() is "failed" or "refused") throw new InvalidOperationException(asset.ToString());
            if (until(asset)) return asset;
        }

        throw new InvalidOperationException("The timer stopped.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!)
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }
}
