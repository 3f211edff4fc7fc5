using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FlickStream.Portal.Tests.Keys;

public sealed class KeyTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly object Wanted = new { name = "x", scopes = (string[])["admin"] };

    [Fact]
    public async Task A_key_is_shown_whole_once_and_its_secret_never_again()
    {
        var (id, key) = await portal.CreateKeyAsync("ingest", "playback");
        Assert.Matches("^fs_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$", key);
        var list = await portal.Admin.GetStringAsync("/api/keys", Ct);
        Assert.Contains(id, list);
        Assert.DoesNotContain(key[^43..], list);
        Assert.DoesNotContain("secret", list, StringComparison.OrdinalIgnoreCase);
        var listed = Items(list).Single(item => item.GetProperty("id").GetString() == id);
        Assert.Equal(["ingest", "playback"], listed.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task Only_administrators_manage_keys()
    {
        var (id, key) = await portal.CreateKeyAsync("ingest", "jobs", "playback");
        foreach (var (client, status, code) in new[]
        {
            (portal.Anonymous, HttpStatusCode.Unauthorized, "unauthenticated"),
            (portal.ClientFor("fs_0000000000000000_" + new string('A', 43)), HttpStatusCode.Unauthorized, "unauthenticated"),
            (portal.ClientFor(key), HttpStatusCode.Forbidden, "forbidden"),
        })
        {
            await ExpectAsync(await client.GetAsync("/api/keys", Ct), status, code);
            await ExpectAsync(await client.PostAsJsonAsync("/api/keys", Wanted, Ct), status, code);
            await ExpectAsync(await client.DeleteAsync($"/api/keys/{id}", Ct), status, code);
        }
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        var (id, key) = await portal.CreateKeyAsync("admin");
        Assert.Equal(HttpStatusCode.OK, (await portal.ClientFor(key).GetAsync("/api/keys", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.Admin.DeleteAsync($"/api/keys/{id}", Ct)).StatusCode);
        await ExpectAsync(await portal.ClientFor(key).GetAsync("/api/keys", Ct), HttpStatusCode.Unauthorized, "unauthenticated");

        var again = await portal.Admin.DeleteAsync($"/api/keys/{id}", Ct);
        Assert.NotEqual(JsonValueKind.Null, (await again.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("revokedAt").ValueKind);
    }

    [Fact]
    public async Task A_key_that_is_not_there_cannot_be_revoked() => await ExpectAsync(
        await portal.Admin.DeleteAsync("/api/keys/..%2f..%2fetc", Ct), HttpStatusCode.NotFound, "key_not_found");

    [Theory]
    [InlineData("""{"name":"","scopes":["ingest"]}""", "key_name_invalid")]
    [InlineData("""{"scopes":["ingest"]}""", "key_name_invalid")]
    [InlineData("""{"name":"a\u0000b","scopes":["ingest"]}""", "key_name_invalid")]
    [InlineData("""{"name":"a","scopes":[]}""", "key_scopes_invalid")]
    [InlineData("""{"name":"a"}""", "key_scopes_invalid")]
    [InlineData("""{"name":"a","scopes":["root"]}""", "key_scopes_invalid")]
    [InlineData("""{"name":"a","scopes":[null]}""", "key_scopes_invalid")]
    [InlineData("""{"name":{"$ne":""},"scopes":["ingest"]}""", "bad_request")]
    [InlineData("""{"name":"a","scopes":["ingest"]""", "bad_request")]
    [InlineData("", "bad_request")]
    public async Task A_wrong_request_is_refused_with_its_code(string body, string code) => await ExpectAsync(
        await portal.Admin.PostAsync("/api/keys", new StringContent(body, null, "application/json"), Ct), HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task The_list_pages_from_the_newest()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Add((await portal.CreateKeyAsync("jobs")).Id);
        var whole = Items(await portal.Admin.GetStringAsync("/api/keys?limit=200", Ct)).Select(Id).ToArray();
        Assert.Superset(ids.ToHashSet(), whole.ToHashSet());

        var paged = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = JsonElement.Parse(await portal.Admin.GetStringAsync($"/api/keys?limit=2{(after == "" ? "" : $"&after={after}")}", Ct));
            paged.AddRange(page.GetProperty("items").EnumerateArray().Select(Id));
            after = page.GetProperty("next").GetString();
        }

        Assert.Equal(whole, paged);
    }

    [Theory]
    [InlineData("limit=0", "limit_invalid")]
    [InlineData("limit=201", "limit_invalid")]
    [InlineData("limit=many", "bad_request")]
    [InlineData("after=made-up", "bad_cursor")]
    public async Task A_wrong_page_is_refused_with_its_code(string query, string code) =>
        await ExpectAsync(await portal.Admin.GetAsync($"/api/keys?{query}", Ct), HttpStatusCode.BadRequest, code);

    private static JsonElement[] Items(string list) => [.. JsonElement.Parse(list).GetProperty("items").EnumerateArray()];

    private static string Id(JsonElement key) => key.GetProperty("id").GetString()!;

    private static async Task ExpectAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }
}
