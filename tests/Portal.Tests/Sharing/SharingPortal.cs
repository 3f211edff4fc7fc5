using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;

namespace FlickStream.Portal.Tests.Sharing;

/// <summary>A portal that knows what it is called, and where its viewers are.</summary>
public sealed class SharingPortal : IAsyncLifetime
{
    public PortalHost Portal { get; private set; } = null!;

    internal Studio Studio { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalHost.StartAsync(new() { ["Accounts:PublicUrl"] = "https://watch.example.org/", ["Catalog:Region"] = "FR", ["Catalog:RegionHeader"] = "X-Region" });
        Studio = await Studio.OfAsync(Portal);
    }

    public async ValueTask DisposeAsync()
    {
        Studio.Dispose();
        await Portal.DisposeAsync();
    }
}

internal static class Sharer
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> AskToShareAsync(this Person person, string name) => person.Browser.PutAsJsonAsync("/api/watchlist/share", new { name }, Ct);

    public static async Task<JsonElement> ShareAsync(this Person person, string name)
    {
        var answer = await person.AskToShareAsync(name);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }
}
