using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Reviews;
using FlickStream.Portal.Tests.Watching;
using NetVips;

namespace FlickStream.Portal.Tests.Sharing;

public sealed partial class SharingTests(SharingPortal shared) : IClassFixture<SharingPortal>
{
    private const string Hostile = "Déjà \"><script>alert(1)</script> & 'Vu'";

    private PortalHost Portal => shared.Portal;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shared_title_is_a_page_that_other_sites_make_a_preview_of()
    {
        var id = await TitleAsync(Hostile, "A \"synopsis\"\nwith <i>tags</i>.", 12);
        await shared.Studio.SendImageAsync(id, "backdrop", Picture(1200, 675));
        using var moved = await Portal.Anonymous.GetAsync($"/share/titles/{id}?language=en", Ct);
        Assert.Equal((HttpStatusCode.Found, "private, no-cache"), (moved.StatusCode, moved.Headers.NonValidated["Cache-Control"].ToString()));
        Assert.Equal($"/share/titles/deja-script-alert-1-script-vu-{id}?language=en", moved.Headers.Location!.ToString());
        using var answer = await Portal.Anonymous.GetAsync(moved.Headers.Location, Ct);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("private, no-cache", answer.Headers.NonValidated["Cache-Control"].ToString());

        var html = await answer.Content.ReadAsStringAsync(Ct);
        var tags = Tags(html);
        var own = $"https://watch.example.org/share/titles/deja-script-alert-1-script-vu-{id}";
        Assert.Equal((own, own, $"{Hostile} (2020)"), (tags["canonical"], tags["og:url"], tags["og:title"]));
        Assert.Equal(("video.movie", "A \"synopsis\" with <i>tags</i>.", "summary_large_image"), (tags["og:type"], tags["og:description"], tags["twitter:card"]));
        Assert.Equal(("960", "540"), (tags["og:image:width"], tags["og:image:height"]));
        Assert.Matches($"^https://watch\\.example\\.org/api/artwork/{id}/[0-9a-f-]+/960\\.jpg$", tags["og:image"]);
        Assert.Equal(HttpStatusCode.OK, (await Portal.Anonymous.GetAsync(new Uri(tags["og:image"]).AbsolutePath, Ct)).StatusCode);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_page_leads_to_the_same_as_oembed()
    {
        var id = await TitleAsync("Embedded", null, 6);
        await shared.Studio.SendImageAsync(id, "poster", Picture(720, 1080));
        var page = await Portal.Anonymous.GetStringAsync($"/share/titles/embedded-{id}", Ct);
        var discovered = new Uri(Tags(page)["oembed"]);
        Assert.Equal("watch.example.org", discovered.Host);
        using var answer = await Portal.Anonymous.GetAsync(discovered.PathAndQuery, Ct);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        var link = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal(("1.0", "link", "Embedded (2020)"), (link.GetProperty("version").GetString(), link.GetProperty("type").GetString(), link.GetProperty("title").GetString()));
        Assert.Equal((720, 1080), (link.GetProperty("thumbnail_width").GetInt32(), link.GetProperty("thumbnail_height").GetInt32()));
        var small = JsonElement.Parse(await Portal.Anonymous.GetStringAsync($"{discovered.PathAndQuery}&maxwidth=400&maxheight=300", Ct));
        Assert.Equal((180, 270), (small.GetProperty("thumbnail_width").GetInt32(), small.GetProperty("thumbnail_height").GetInt32()));
        Assert.False(JsonElement.Parse(await Portal.Anonymous.GetStringAsync($"{discovered.PathAndQuery}&maxwidth=10", Ct)).TryGetProperty("thumbnail_url", out _));
        await Problems.IsAsync(await Portal.Anonymous.GetAsync(discovered.PathAndQuery.Replace("json", "xml", StringComparison.Ordinal), Ct), HttpStatusCode.NotImplemented, "oembed_format_unsupported");
        foreach (var (url, code, status) in new[]
        {
            ("", "oembed_url_invalid", HttpStatusCode.BadRequest), ("/share", "oembed_url_invalid", HttpStatusCode.BadRequest),
            ($"https://evil.example/share/titles/{id}", "shared_not_found", HttpStatusCode.NotFound),
            ($"https://watch.example.org.evil.example/share/titles/{id}", "shared_not_found", HttpStatusCode.NotFound),
            ($"https://watch.example.org/titles/{id}", "shared_not_found", HttpStatusCode.NotFound),
        })
            await Problems.IsAsync(await Portal.Anonymous.GetAsync($"/oembed?url={Uri.EscapeDataString(url)}", Ct), status, code);
    }

    [Theory]
    [InlineData(18)]
    [InlineData(16)]
    public async Task What_is_for_older_ones_is_shared_by_its_name_alone(int age)
    {
        var id = await TitleAsync("Grim", "Gory details.", age);
        await shared.Studio.SendImageAsync(id, "backdrop", Picture(960, 540));
        var html = await Portal.Anonymous.GetStringAsync($"/share/titles/grim-{id}", Ct);
        Assert.Equal("Grim (2020)", Tags(html)["og:title"]);
        Assert.DoesNotContain("artwork", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Gory", html, StringComparison.Ordinal);
        Assert.False(JsonElement.Parse(await Portal.Anonymous.GetStringAsync(new Uri(Tags(html)["oembed"]).PathAndQuery, Ct)).TryGetProperty("thumbnail_url", out _));
    }

    [Fact]
    public async Task What_is_not_to_be_seen_is_not_shared()
    {
        var withdrawn = await TitleAsync("Gone", null, 6);
        await shared.Studio.MoveAsync(withdrawn, "withdraw");
        var scheduled = await shared.Studio.PublishAsync(Studio.Movie("Later"), Portal.Clock.GetUtcNow().AddDays(1));
        var draft = (await shared.Studio.MakeAsync(Studio.Movie("Draft"))).GetProperty("id").GetString()!;
        var regional = Studio.Movie("Regional");
        regional["windows"] = JsonNode.Parse("""[{"regions":["DE"]}]""");
        var elsewhere = await shared.Studio.PublishAsync(regional);
        foreach (var id in new[] { withdrawn, scheduled, draft, elsewhere, "0123456789abcdef", "x" })
        {
            await Problems.IsAsync(await Portal.Anonymous.GetAsync($"/share/titles/{id}", Ct), HttpStatusCode.NotFound, "shared_not_found");
            await Problems.IsAsync(
                await Portal.Anonymous.GetAsync($"/oembed?url={Uri.EscapeDataString($"https://watch.example.org/share/titles/{id}")}", Ct), HttpStatusCode.NotFound, "shared_not_found");
        }

        using var there = new HttpRequestMessage(HttpMethod.Get, $"/share/titles/regional-{elsewhere}");
        there.Headers.Add("X-Region", "DE");
        Assert.Equal(HttpStatusCode.OK, (await Portal.Anonymous.SendAsync(there, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_watchlist_is_read_by_whoever_has_its_link_until_it_is_taken_back()
    {
        var (film, grim) = (await TitleAsync(Hostile, null, 6), await TitleAsync("Grim", null, 18));
        foreach (var id in new[] { film, grim }) await shared.Studio.SendImageAsync(id, "poster", Picture(180, 270));
        using var ann = await Portal.ReviewerAsync();
        foreach (var id in new[] { film, grim }) await ann.Browser.PutAsync($"/api/watchlist/{id}", null, Ct);
        await Problems.IsAsync(await ann.Browser.GetAsync("/api/watchlist/share", Ct), HttpStatusCode.NotFound, "list_not_shared");
        var both = await Task.WhenAll(ann.ShareAsync("To <see>"), ann.ShareAsync("To <see>"));
        var slug = Assert.Single(both.Select(one => one.GetProperty("slug").GetString()!).Distinct());
        Assert.Matches("^[0-9a-f]{32}$", slug);
        Assert.Equal($"https://watch.example.org/share/lists/{slug}", (await ann.ReadAsync("/api/watchlist/share")).GetProperty("url").GetString());

        var html = await Portal.Anonymous.GetStringAsync($"/share/lists/{slug}", Ct);
        Assert.Equal(("To <see>", "2 titles"), (Tags(html)["og:title"], Tags(html)["og:description"]));
        Assert.Contains("noindex", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"/share/titles/grim-{grim}", html, StringComparison.Ordinal);
        var list = JsonElement.Parse(await Portal.Anonymous.GetStringAsync($"/api/shared-lists/{slug}", Ct));
        Assert.Equal([(grim, 0), (film, 1)], list.GetProperty("items").EnumerateArray().Select(card => (card.GetProperty("id").GetString()!, card.GetProperty("artwork").GetArrayLength())));
        Assert.DoesNotContain((await ann.AccountAsync()).GetProperty("id").GetString()!, html + list.GetRawText(), StringComparison.Ordinal);
        await shared.Studio.MoveAsync(grim, "withdraw");
        Assert.Equal(film, Assert.Single(JsonElement.Parse(await Portal.Anonymous.GetStringAsync($"/api/shared-lists/{slug}", Ct)).GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Contains(slug, (await ann.ReadAsync("/api/accounts/me/export")).GetProperty("sharedLists").GetRawText(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync("/api/watchlist/share", Ct)).StatusCode);
        await IsGoneAsync(slug);
        var again = (await ann.ShareAsync("Again")).GetProperty("slug").GetString()!;
        Assert.NotEqual(slug, again);
        await IsGoneAsync(slug);

        // It goes with its profile.
        var first = (await ann.ReadAsync("/api/profiles")).GetProperty("items")[0].GetProperty("id").GetString();
        await ann.EnterAsync(await ann.ProfileAsync(new { name = "Other" }));
        await ann.PostAsync("/api/session/confirm", new { password = Person.Password });
        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync($"/api/profiles/{first}", Ct)).StatusCode);
        await IsGoneAsync(again);
    }

    [Fact]
    public async Task A_child_shares_nothing_and_a_name_is_a_line()
    {
        using var ann = await Portal.ReviewerAsync();
        foreach (var name in new[] { "", " ", "a\nb", "a\u202eb", new string('x', 61) })
            await Problems.IsAsync(await ann.AskToShareAsync(name), HttpStatusCode.BadRequest, "list_name_invalid");
        var slug = (await ann.ShareAsync("Mine")).GetProperty("slug").GetString()!;
        var own = (await ann.ReadAsync("/api/profiles")).GetProperty("items")[0].Id();
        await ann.EnterAsync(await ann.ProfileAsync(new { name = "Mine" }));
        Assert.Equal(HttpStatusCode.OK, (await ann.Browser.ReplaceAsync($"/api/profiles/{own}", new { content = new { name = "Child", isKids = true } })).StatusCode);
        await IsGoneAsync(slug);
        await ann.EnterAsync(own);
        await Problems.IsAsync(await ann.AskToShareAsync("Mine"), HttpStatusCode.Forbidden, "sharing_not_for_kids");
    }

    [Fact]
    public async Task Where_nobody_said_what_it_is_called_only_this_machine_is_shown_shared_pages()
    {
        await using var portal = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(portal);
        var title = await studio.PublishAsync(Studio.Movie("Called"));
        foreach (var (host, status) in new[] { ("evil.example", HttpStatusCode.ServiceUnavailable), ("localhost", HttpStatusCode.OK) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/share/titles/called-{title}") { Headers = { Host = host } };
            Assert.Equal(status, (await portal.Anonymous.SendAsync(request, Ct)).StatusCode);
        }
    }

    private async Task IsGoneAsync(string slug)
    {
        await Problems.IsAsync(await Portal.Anonymous.GetAsync($"/share/lists/{slug}", Ct), HttpStatusCode.NotFound, "shared_not_found");
        await Problems.IsAsync(await Portal.Anonymous.GetAsync($"/api/shared-lists/{slug}", Ct), HttpStatusCode.NotFound, "shared_not_found");
    }

    private Task<string> TitleAsync(string name, string? synopsis, int age)
    {
        var content = Studio.Movie(name);
        content["texts"]!["en"]!["synopsis"] = synopsis;
        content["rating"] = new JsonObject { ["minimumAge"] = age };
        return shared.Studio.PublishAsync(content);
    }

    private static byte[] Picture(int width, int height)
    {
        using var black = Image.Black(width, height, bands: 3);
        using var picture = black.Copy(interpretation: Enums.Interpretation.Srgb);
        return picture.JpegsaveBuffer();
    }

    /// <summary>What the head says, by name.</summary>
    private static Dictionary<string, string> Tags(string html) => Tag().Matches(html).ToDictionary(
        tag => tag.Groups["rel"].Value is "alternate" ? "oembed" : tag.Groups["rel"].Success ? tag.Groups["rel"].Value : tag.Groups["name"].Value,
        tag => WebUtility.HtmlDecode(tag.Groups["value"].Value));

    [GeneratedRegex("<(?:meta (?:name|property)=\"(?<name>[^\"]+)\" content|link rel=\"(?<rel>[a-z]+)\"(?: type=\"[^\"]+\")? href)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Tag();
}
