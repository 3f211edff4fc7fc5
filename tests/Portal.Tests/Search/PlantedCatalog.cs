using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Portal.Tests.Catalog;

namespace FlickStream.Portal.Tests.Search;

/// <summary>A portal with titles in several scripts, which tests only read.</summary>
public sealed class PlantedCatalog : IAsyncLifetime
{
    private Studio _studio = null!;

    public PortalHost Portal { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalHost.StartAsync(new() { ["Catalog:RegionHeader"] = "X-Country" });
        _studio = await Studio.OfAsync(Portal);
        var mara = await PersonAsync("Mára Kováčová");
        await PublishAsync(new { en = "The Quiet Harbour", de = "Der stille Hafen" }, genres: ["drama"], people: mara, synopsis: "A lighthouse keeper waits for a ship.");
        await PublishAsync(new { en = "Harbour Lights" }, 1999, ["comedy"], age: 6);
        await PublishAsync(new { en = "Spider-Weaver" }, genres: ["horror"], age: 16);
        await PublishAsync(new { en = "Moonwalker" }, genres: ["horror"], people: mara);
        await PublishAsync(new { fr = "L'Été éternel", en = "Endless Summer" }, original: "fr");
        await PublishAsync(new { ru = "Ёлки на крыше" }, original: "ru");
        await PublishAsync(new { el = "Ταξίδι στα Κύθηρα" }, original: "el");
        await PublishAsync(new { ar = "أَلْفُ لَيْلَةٍ" }, original: "ar");
        await PublishAsync(new { ja = "千と千尋の冒険", en = "Sen's Adventure" }, original: "ja");
        await PublishAsync(new { ko = "서울의 봄날" }, original: "ko");
        await PublishAsync(new { th = "รักแห่งสยาม" }, original: "th");
        await PublishAsync(new { en = "Nowhere Else" }, region: "DE");
        await _studio.MakeAsync(Studio.Movie("Harbour Draft"));
    }

    public async ValueTask DisposeAsync()
    {
        _studio.Dispose();
        await Portal.DisposeAsync();
    }

    /// <returns>The names found, parted by bars.</returns>
    internal async Task<string> FindAsync(string query, string? country = null) => Searches.NamesOf(await Searches.AskAsync(Portal.Anonymous, query, country));

    private async Task<string> PersonAsync(string name)
    {
        var made = await _studio.Http.PostAsJsonAsync("/api/people", new { name }, Ct);
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
    }

    private async Task PublishAsync(
        object names, int year = 2020, string[]? genres = null, string original = "en", int age = 12, string? people = null, string? synopsis = null, string? region = null)
    {
        var movie = Studio.Movie("", year, genres ?? []);
        (movie["originalLanguage"], movie["rating"]) = (original, new JsonObject { ["minimumAge"] = age });
        movie["texts"] = new JsonObject(JsonSerializer.SerializeToNode(names)!.AsObject().Select(name =>
            KeyValuePair.Create<string, JsonNode?>(name.Key, new JsonObject { ["name"] = name.Value!.DeepClone(), ["synopsis"] = synopsis })));
        if (people is not null) movie["people"] = new JsonArray(new JsonObject { ["personId"] = people, ["role"] = "actor" });
        if (region is not null) movie["windows"] = new JsonArray(new JsonObject { ["regions"] = new JsonArray(region) });
        await _studio.PublishAsync(movie);
    }
}
