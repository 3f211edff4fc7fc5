using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Page;

/// <summary>A viewer with a plan at a real browser.</summary>
[Collection(WithReadyTitle.Name)]
public sealed partial class WatchTests(ReadyTitle title)
{
    private const string Password = "correct horse battery";
    private const double At = 12;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal sealed record Visit(int SignedIn, double Position, int Heart, double LeftAt, double ResumedAt, double PlaysAt, IReadOnlyList<string> Refused);

    [Fact]
    public async Task A_title_goes_on_where_its_page_was_closed()
    {
        var site = title.FlickStream.Page.GetLeftPart(UriPartial.Authority);
        var movie = await PublishedAsync();
        using var person = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(site) };
        var email = await SubscribedAsync(person);

        var visit = await NodeScript.RunAsync<Visit>(
            "watch.mjs", ["--site", $"{site}/", "--email", email, "--password", Password, "--title", movie, "--at", $"{At}"], Ct);

        Assert.Equal((200, 204, 0.0), (visit.SignedIn, visit.Heart, visit.Position));
        Assert.InRange(visit.LeftAt, At + 1, title.Master.Seconds);
        Assert.Equal(visit.LeftAt, visit.ResumedAt, 0.5);
        Assert.InRange(visit.PlaysAt, visit.ResumedAt - 0.1, visit.ResumedAt + 2);
        Assert.Empty(visit.Refused);
    }

    private async Task<string> PublishedAsync()
    {
        var organisation = await IdAsync(await title.FlickStream.Client.PostAsJsonAsync("/api/organisations", new { name = "Studio of numbers" }, Ct));
        var movie = await IdAsync(await title.FlickStream.Client.PostAsJsonAsync(
            $"/api/studio/titles?organisationId={organisation}",
            new
            {
                kind = "movie", originalLanguage = "en", texts = new { en = new { name = "Numbers" } }, rating = new { minimumAge = 0 }, assetId = title.AssetId,
            },
            Ct));
        using var publish = new HttpRequestMessage(HttpMethod.Post, $"/api/studio/titles/{movie}/publish") { Headers = { { "If-Match", "*" } }, Content = JsonContent.Create(new { }) };
        using var published = await title.FlickStream.Client.SendAsync(publish, Ct);
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        return movie;
    }

    /// <summary>Registers somebody who then has a plan; the address.</summary>
    private async Task<string> SubscribedAsync(HttpClient person)
    {
        const string email = "ann@example.org";
        using (var registered = await person.PostAsJsonAsync("/api/accounts", new { email, password = Password }, Ct)) Assert.Equal(HttpStatusCode.Accepted, registered.StatusCode);
        using var verified = await person.PostAsJsonAsync("/api/accounts/verify", new { token = await LinkAsync(), password = Password }, Ct);
        Assert.Equal(HttpStatusCode.Created, verified.StatusCode);
        person.DefaultRequestHeaders.Add("Cookie", verified.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("__Host-flickstream=", StringComparison.Ordinal)).Split(';')[0]);
        person.DefaultRequestHeaders.Add("X-FlickStream", "1");
        using var begun = await person.PostAsJsonAsync("/api/subscription", new { planId = "basic", currency = "USD" }, Ct);
        var checkout = (await begun.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("checkoutUrl").GetString()!;
        using var paid = await person.PostAsJsonAsync($"/api{new Uri(checkout).AbsolutePath}", new { card = "4242424242424242" }, Ct);
        Assert.Equal(HttpStatusCode.OK, paid.StatusCode);
        using var refreshed = await person.PostAsJsonAsync("/api/subscription/refresh", new { }, Ct);
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
        return email;
    }

    /// <summary>The token of the letter that the server put into its outbox.</summary>
    private async Task<string> LinkAsync()
    {
        var outbox = Path.Combine(title.FlickStream.DataFolder, "outbox");
        for (var looks = 0; looks < 500; looks++)
        {
            foreach (var letter in Directory.Exists(outbox) ? Directory.GetFiles(outbox, "*.eml") : [])
                if (Link().Match((await File.ReadAllTextAsync(letter, Ct)).Replace("=\r\n", "", StringComparison.Ordinal)) is { Success: true } found) return found.Groups["token"].Value;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }

        throw new TimeoutException("No letter came.");
    }

    private static async Task<string> IdAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
    }

    [GeneratedRegex("#(?<token>[A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}
