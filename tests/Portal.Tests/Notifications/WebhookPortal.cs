using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Tests.Catalog;

namespace FlickStream.Portal.Tests.Notifications;

/// <summary>A portal that may send to this machine.</summary>
public sealed class WebhookPortal : IAsyncLifetime
{
    private static readonly string[] Scopes = ["ingest"];

    public PortalHost Portal { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Portal = await PortalHost.StartAsync(
        new() { ["Notifications:Webhooks:AllowLoopback"] = "true", ["Notifications:Webhooks:Timeout"] = "00:00:10", ["Notifications:Webhooks:SendsPerMinute"] = "1000" });

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    /// <summary>A program of a studio's.</summary>
    internal static async Task<HttpClient> KeyAsync(PortalHost portal, Studio studio)
    {
        var key = await portal.Admin.PostAsJsonAsync("/api/keys", new { name = "a key", scopes = Scopes, organisationId = studio.Id }, Ct);
        return portal.ClientFor((await key.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("key").GetString());
    }
}

/// <summary>What a studio does with its endpoints.</summary>
internal static class Endpoints
{
    public const string Path = "/api/studio/webhooks";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<(string Id, string Secret)> EndpointAsync(this HttpClient studio, Uri url, params string[] types)
    {
        var made = await studio.PostAsJsonAsync(Path, new { url, types = types.Length == 0 ? null : types }, Ct);
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync(Ct));
        var body = await made.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return (body.GetProperty("endpoint").GetProperty("id").GetString()!, body.GetProperty("secret").GetString()!);
    }

    public static Task<HttpResponseMessage> AskAsync(this HttpClient studio, string path) => studio.PostAsync($"{Path}/{path}", null, Ct);

    /// <returns>The delivery's id.</returns>
    public static async Task<string> TestAsync(this HttpClient studio, string id)
    {
        var answer = await studio.AskAsync($"{id}/test");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
    }

    public static Task<JsonElement> DeliveryAsync(this HttpClient studio, string id, string delivery) =>
        studio.GetFromJsonAsync<JsonElement>($"{Path}/{id}/deliveries/{delivery}", Ct);

    /// <summary>The delivery once so many attempts are written down.</summary>
    public static async Task<JsonElement> AttemptedAsync(this HttpClient studio, string id, string delivery, int attempts)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var looks = 0; ; looks++)
        {
            var found = await studio.DeliveryAsync(id, delivery);
            if (found.GetProperty("attempts").GetArrayLength() >= attempts) return found;
            Assert.True(looks < 1000, $"It is not attempted: {found}");
            await timer.WaitForNextTickAsync(Ct);
        }
    }

    public static JsonElement Last(this JsonElement delivery) => delivery.GetProperty("attempts").EnumerateArray().Last();
}
