using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FlickStream.Portal.Bench;

internal static class Scenes
{
    private const double Cached = 0.5;
    private const double Personal = 0.25;

    // Who looks around at about the same time; those who play are others.
    private const int Looking = 1000;

    private static readonly string[] States = ["paused", "playing"];

    public static async Task<IReadOnlyList<Scene>> AllAsync(int port, IReadOnlyList<string> cookies, int beating)
    {
        string[] pages = ["/api/titles", "/api/titles?sort=newest", .. Genres().Select(genre => $"/api/titles?genre={genre}&sort=popularity")];
        var titles = Enumerable.Range(0, 500).Select(number => Library.MovieId(number)).ToList();
        await SearchedAsync(port);
        var tokens = await TokensAsync(port, [.. cookies.Take(beating)]);
        return
        [
            new("catalog page", Cached, [.. pages.Select(page => Scene.Get($"{page}{(page.Contains('?') ? '&' : '?')}limit=24"))]),
            new("title page", Cached, [.. titles.Select(id => Scene.Get($"/api/titles/{id}"))]),
            new("search box, each letter", Personal, [.. Typing.Letters().Select(typed => Scene.Get($"/api/search/suggestions?q={Uri.EscapeDataString(typed)}"))]),
            new("search box, found titles", Personal, [.. Typing.Words().Select(typed => Scene.Get($"/api/search?q={Uri.EscapeDataString(typed)}&limit=24"))]),
            new("home: continue watching", Personal, [.. cookies.Take(Looking).Select(cookie => Scene.Get("/api/continue-watching?limit=20", cookie))]),
            new("home: browse", Personal, [.. cookies.Take(Looking).Select((cookie, i) => Scene.Get($"{pages[i % pages.Length]}{(i % pages.Length == 0 ? '?' : '&')}limit=24", cookie))]),
            new("title page, signed in", Personal, [.. cookies.Take(Looking).Select((cookie, i) => Scene.Get($"/api/titles/{titles[i % titles.Count]}", cookie))]),
            new("title's progress", Personal, [.. cookies.Take(Looking).Select((cookie, i) => Scene.Get($"/api/titles/{titles[i % titles.Count]}/progress", cookie))]),
            new("play", Personal, [.. Enumerable.Range(0, 4).SelectMany(time => cookies.Skip(beating)
                .Select((cookie, i) => Scene.Post($"/api/titles/{Library.MovieId(((i * 7) + time) % Library.Movies)}/play", "{}", cookie)))]),
            // Another state each time, so that each is kept.
            new("heartbeat", Personal, [.. States.SelectMany((state, i) => tokens.Select(token => Beat(token, 30 * (i + 1), state)))], 204),
        ];
    }

    // Answered once the index of all titles is made, which would take time from what is measured.
    private static async Task SearchedAsync(int port)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
        (await client.GetAsync("/api/search?q=a")).EnsureSuccessStatusCode();
    }

    private static IEnumerable<string> Genres() => Catalog.Titles.Genres.Names.Keys.Order(StringComparer.Ordinal).Take(10);

    private static string Beat(string token, int position, string state) =>
        Scene.Post("/api/streams/heartbeat", string.Create(CultureInfo.InvariantCulture, $$"""{"token":"{{token}}","positionSeconds":{{position}},"state":"{{state}}"}"""));

    private static async Task<IReadOnlyList<string>> TokensAsync(int port, IReadOnlyList<string> cookies)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 64 }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        return await Task.WhenAll(cookies.Select(async (cookie, i) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/titles/{Library.MovieId(i)}/play") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
            request.Headers.Add("Cookie", cookie);
            request.Headers.Add("X-FlickStream", "1");
            using var answer = await client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        }));
    }
}
