using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Catalog;

/// <summary>An organisation with a key of its own.</summary>
internal sealed class Studio : IDisposable
{
    private const string Titles = "/api/studio/titles";

    private static readonly string[] Scopes = ["catalog"];

    private readonly PortalHost _portal;

    private Studio(PortalHost portal, string id, HttpClient http) => (_portal, Id, Http) = (portal, id, http);

    public string Id { get; }

    public HttpClient Http { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Studio> OfAsync(PortalHost portal)
    {
        var made = await portal.Admin.PostAsJsonAsync("/api/organisations", new { name = $"Studio {Guid.NewGuid():n}" }, Ct);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
        var key = await portal.Admin.PostAsJsonAsync("/api/keys", new { name = "a key", scopes = Scopes, organisationId = id }, Ct);
        return new(portal, id, portal.ClientFor((await key.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("key").GetString()));
    }

    public static JsonObject Movie(string name, int year = 2020, params string[] genres) => new()
    {
        ["kind"] = "movie", ["originalLanguage"] = "en", ["texts"] = new JsonObject { ["en"] = new JsonObject { ["name"] = name } }, ["year"] = year,
        ["genres"] = new JsonArray([.. genres.Select(genre => JsonValue.Create(genre))]), ["rating"] = new JsonObject { ["minimumAge"] = 12 },
    };

    public async Task<string> AssetAsync(AssetState state = AssetState.Planned, string? owner = null)
    {
        var id = Guid.NewGuid().ToString("n");
        await _portal.Services.GetRequiredService<IDocuments>().Set(Asset.Schema).InsertAsync(
            id,
            new Asset
            {
                Id = id, Owner = owner ?? Id, State = state, Title = "", FileName = "", SizeBytes = 1, MasterKey = $"masters/{id}", CreatedAt = _portal.Clock.GetUtcNow(),
                RefusedAt = state is AssetState.Refused ? _portal.Clock.GetUtcNow() : null,
            },
            Ct);
        return id;
    }

    public Task<HttpResponseMessage> CreateAsync(JsonNode content) => Http.PostAsJsonAsync(Titles, content, Ct);

    public async Task<JsonElement> MakeAsync(JsonNode content)
    {
        var answer = await CreateAsync(content);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    /// <summary>Published now, with an asset where one is needed.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> PublishAsync(JsonObject content, DateTimeOffset? at = null)
    {
        if (content["kind"]!.GetValue<string>() is "movie" or "episode" or "extra") content["assetId"] ??= await AssetAsync();
        var id = (await MakeAsync(content)).GetProperty("id").GetString()!;
        var answer = await MoveAsync(id, "publish", new { at });
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return id;
    }

    public Task<HttpResponseMessage> MoveAsync(string id, string move, object? body = null, string? ifMatch = "*") => SendAsync(HttpMethod.Post, $"{id}/{move}", body, ifMatch);

    public Task<HttpResponseMessage> PutAsync(string id, object content, string? ifMatch = "*") => SendAsync(HttpMethod.Put, id, content, ifMatch);

    public Task<HttpResponseMessage> DeleteAsync(string id, string? ifMatch = "*") => SendAsync(HttpMethod.Delete, id, null, ifMatch);

    public async Task<(JsonElement Title, string Tag)> GetAsync(string id)
    {
        var answer = await Http.GetAsync($"{Titles}/{id}", Ct);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct), answer.Headers.ETag!.Tag);
    }

    public Task<HttpResponseMessage> SendFileAsync(string file, string type, string query = "") =>
        Http.PostAsync($"{Titles}/import{query}", new StringContent(file, null, type), Ct);

    public async Task<JsonElement> ImportAsync(string file, string type = "application/x-ndjson", string query = "")
    {
        var answer = await SendFileAsync(file, type, query);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    public Task<string> ExportAsync(string format) => Http.GetStringAsync($"{Titles}/export?format={format}", Ct);

    public Task<HttpResponseMessage> SendImageAsync(string id, string role, byte[] image, string query = "") =>
        Http.PutAsync($"{Titles}/{id}/artwork/{role}{query}", new ByteArrayContent(image), Ct);

    public void Dispose() => Http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? ifMatch)
    {
        using var request = new HttpRequestMessage(method, $"{Titles}/{path}");
        if (body is not null) request.Content = JsonContent.Create(body);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await Http.SendAsync(request, Ct);
    }
}
