using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Portal.Notifications;
using FlickStream.Portal.Notifications.News;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Notifications;

/// <summary>A portal, and a studio that publishes there.</summary>
public sealed class NotifiedPortal : IAsyncLifetime
{
    public PortalHost Portal { get; private set; } = null!;

    internal Studio Studio { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalHost.StartAsync(new() { ["Accounts:DeletionGrace"] = "00:00:00", ["Accounts:PublicUrl"] = "https://watch.example.org" });
        Studio = await Studio.OfAsync(Portal);
    }

    public async ValueTask DisposeAsync()
    {
        Studio.Dispose();
        await Portal.DisposeAsync();
    }
}

/// <summary>What somebody who is told something does.</summary>
internal static class Told
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Somebody who has chosen who watches.</summary>
    public static async Task<Person> PersonAsync(PortalHost portal)
    {
        var person = await Person.RegisteredAsync(portal);
        await person.EnterAsync();
        return person;
    }

    public static async Task FollowAsync(this Person person, string type, string id) =>
        Assert.Equal(HttpStatusCode.NoContent, (await person.PutAsync($"/api/follows/{type}/{id}", new { })).StatusCode);

    public static Task<HttpResponseMessage> PutAsync(this Person person, string path, object body) => person.Browser.PutAsJsonAsync(path, body, Ct);

    public static Task<HttpResponseMessage> DeleteAsync(this Person person, string path) => person.Browser.DeleteAsync(path, Ct);

    public static Task<IReadOnlyList<JsonElement>> ToldAsync(this Person person, string query = "") => person.ListAsync($"/api/notifications{query}");

    public static async Task<int> UnreadAsync(this Person person) => (await person.ReadAsync("/api/notifications/unread")).GetProperty("unread").GetInt32();

    public static async Task<IEnumerable<string>> KindsAsync(this Person person) => (await person.ToldAsync()).Select(one => one.GetProperty("kind").GetString()!);

    public static Task TellReleasesAsync(this PortalHost portal) => portal.Services.GetRequiredService<ReleaseNews>().TellAsync(Ct);

    public static Task SweepAsync(this PortalHost portal) => portal.Services.GetRequiredService<NotificationSweep>().SweepAsync(Ct);

    /// <summary>Somebody of the catalog, by id.</summary>
    public static async Task<string> ActorAsync(Studio studio)
    {
        var made = await studio.Http.PostAsJsonAsync("/api/people", new { name = $"Actor {Guid.NewGuid():n}" }, Ct);
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
    }

    public static JsonObject With(this JsonObject title, string person)
    {
        title["people"] = new JsonArray(new JsonObject { ["personId"] = person, ["role"] = "actor" });
        return title;
    }
}
