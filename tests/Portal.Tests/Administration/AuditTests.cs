using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Administration;

public sealed class AuditTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly object Wanted = new { name = "a key", scopes = (string[])["jobs"] };

    [Fact]
    public async Task V16_2_1_Every_privileged_act_is_told_with_who_did_it()
    {
        await using var portal = await PortalHost.StartAsync();
        using var admin = await Person.RegisteredAsync(portal);
        var id = (await admin.AccountAsync()).GetProperty("id").GetString()!;
        await portal.MakeAsync(admin, "admin");
        await admin.SignInAsync();
        var made = await (await admin.PostAsync("/api/keys", Wanted)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        await admin.Browser.DeleteAsync($"/api/keys/{made.GetProperty("id")}", Ct);
        var studio = await (await admin.PostAsync("/api/organisations", new { name = "A studio" })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        await admin.Browser.PutAsJsonAsync($"/api/organisations/{studio.GetProperty("id")}", new { name = "Another name" }, Ct);
        using var somebody = await Person.RegisteredAsync(portal);
        await admin.PostAsync($"/api/users/{(await somebody.AccountAsync()).GetProperty("id")}/end-sessions", new { });

        var events = (await admin.Browser.GetFromJsonAsync<JsonElement>("/api/audit", Ct)).GetProperty("items").EnumerateArray().Reverse().ToList();
        Assert.Equal(["role_changed", "key_created", "key_revoked", "organisation_created", "organisation_renamed", "sessions_ended"], events.Select(e => e.GetProperty("action").GetString()));
        Assert.StartsWith("key:", events[0].GetProperty("actor").GetString());
        Assert.All(events.Skip(1), e => Assert.Equal($"account:{id}", e.GetProperty("actor").GetString()));
        Assert.Equal("viewer to admin", events[0].GetProperty("detail").GetString());
        Assert.DoesNotContain(made.GetProperty("key").GetString()!, events[1].ToString());
    }

    [Fact]
    public async Task Events_are_found_by_who_did_what_to_whom_and_when()
    {
        await using var portal = await PortalHost.StartAsync();
        using var admin = await Person.RegisteredAsync(portal);
        var id = (await admin.AccountAsync()).GetProperty("id").GetString()!;
        await portal.MakeAsync(admin, "admin");
        await admin.SignInAsync();
        (await admin.PostAsync("/api/organisations", new { name = "A studio" })).EnsureSuccessStatusCode();
        portal.Clock.Advance(TimeSpan.FromHours(1));
        var later = portal.Clock.GetUtcNow().ToString("O");
        (await portal.Admin.PostAsJsonAsync("/api/organisations", new { name = "Another" }, Ct)).EnsureSuccessStatusCode();

        Assert.Equal(["A studio"], await DetailsAsync($"actor=account:{id}"));
        Assert.Equal(["viewer to admin"], await DetailsAsync($"subject=account:{id}"));
        Assert.Equal(["Another", "A studio"], await DetailsAsync("action=organisation_created"));
        Assert.Equal(["A studio"], await DetailsAsync($"action=organisation_created&actor=account:{id}"));
        Assert.Equal(["Another"], await DetailsAsync($"from={Uri.EscapeDataString(later)}"));
        Assert.Equal(["A studio", "viewer to admin"], await DetailsAsync($"until={Uri.EscapeDataString(later)}"));

        async Task<IEnumerable<string?>> DetailsAsync(string query) =>
            (await portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?{query}", Ct)).GetProperty("items").EnumerateArray().Select(one => one.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task V16_4_2_An_event_that_is_changed_or_taken_away_breaks_the_chain()
    {
        await using var portal = await PortalHost.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => portal.Admin.PostAsJsonAsync("/api/organisations", new { name = $"Studio {i}" }, Ct)));
        Assert.Null(await BreakAsync(portal));

        var events = portal.Services.GetRequiredService<IDocuments>().Set(AuditEvent.Schema);
        var sixth = (await events.GetAsync(AuditEvent.IdOf(6), Ct))!;
        await events.ReplaceAsync(sixth.Id, sixth.Version, sixth.Value with { Actor = "key:somebody" }, Ct);
        Assert.Equal(6, await BreakAsync(portal));
        await events.ReplaceAsync(sixth.Id, sixth.Version + 1, (sixth.Value with { Actor = "key:somebody" }).Sealed(), Ct);
        Assert.Equal(7, await BreakAsync(portal));
        await events.DeleteAsync(AuditEvent.IdOf(3), null, Ct);
        Assert.Equal(4, await BreakAsync(portal));
    }

    [Fact]
    public async Task The_chain_is_checked_in_parts_that_go_on_where_the_one_before_ended()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Audit:CheckedAtOnce"] = "4" });
        await MakeAsync(portal, 10);
        Assert.Equal([4, 4, 2], (await PartsAsync(portal)).Select(part => part.GetProperty("checked").GetInt32()));
        Assert.Equal("kept", StateOf((await PartsAsync(portal))[^1]));

        var events = portal.Services.GetRequiredService<IDocuments>().Set(AuditEvent.Schema);
        await events.UpdateAsync(AuditEvent.IdOf(6), known => known with { Detail = "another" }, Ct);
        var parts = await PartsAsync(portal);
        Assert.Equal((2, 6), (parts.Count, parts[1].GetProperty("firstBreak").GetInt32()));
        // What is changed between two parts, too.
        var next = parts[0].GetProperty("next").GetString()!;
        await events.UpdateAsync(AuditEvent.IdOf(4), known => (known with { Detail = "another" }).Sealed(), Ct);
        Assert.Equal(4, (await portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit/check?after={next}", Ct)).GetProperty("firstBreak").GetInt32());
        await Problems.IsAsync(await portal.Admin.GetAsync("/api/audit/check?after=nonsense", Ct), HttpStatusCode.BadRequest, "bad_cursor");
    }

    [Fact]
    public async Task V16_4_2_Events_that_are_taken_from_the_end_are_missed_until_an_administrator_says_so()
    {
        await using var portal = await PortalHost.StartAsync();
        await MakeAsync(portal, 10);
        var events = portal.Services.GetRequiredService<IDocuments>().Set(AuditEvent.Schema);
        await events.DeleteAsync(AuditEvent.IdOf(10), null, Ct);
        await events.DeleteAsync(AuditEvent.IdOf(9), null, Ct);
        var check = (await PartsAsync(portal))[^1];
        Assert.Equal(("cut", 9), (StateOf(check), check.GetProperty("firstBreak").GetInt32()));

        // What comes after them hides nothing.
        await MakeAsync(portal, 4);
        check = (await PartsAsync(portal))[^1];
        Assert.Equal(("remade", 10), (StateOf(check), check.GetProperty("firstBreak").GetInt32()));
        Assert.Equal(HttpStatusCode.NoContent, (await portal.Admin.PostAsync("/api/audit/anchor", null, Ct)).StatusCode);
        check = (await PartsAsync(portal))[^1];
        Assert.Equal(("kept", 13), (StateOf(check), check.GetProperty("tail").GetProperty("since").GetInt32()));
        Assert.Contains("audit_anchor_renewed", await portal.Admin.GetStringAsync("/api/audit", Ct));
        await MakeAsync(portal, 1);
        Assert.Equal(14, (await PartsAsync(portal))[^1].GetProperty("tail").GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task A_chain_that_is_made_anew_from_some_event_on_and_a_seal_that_is_forged_or_taken_away_are_noticed()
    {
        await using var portal = await PortalHost.StartAsync();
        await MakeAsync(portal, 2);
        var documents = portal.Services.GetRequiredService<IDocuments>();
        var (events, anchors) = (documents.Set(AuditEvent.Schema), documents.Set(AuditAnchor.Schema));
        await events.UpdateAsync(AuditEvent.IdOf(2), known => (known with { Actor = "key:somebody" }).Sealed(), Ct);
        Assert.Equal("remade", StateOf((await PartsAsync(portal))[^1]));
        await anchors.UpdateAsync(AuditAnchor.Id, _ => new AuditAnchor([1, 2, 3]), Ct);
        Assert.Equal("unreadable", StateOf((await PartsAsync(portal))[^1]));
        await anchors.DeleteAsync(AuditAnchor.Id, null, Ct);
        await MakeAsync(portal, 1);
        Assert.Equal("missing", StateOf((await PartsAsync(portal))[^1]));
    }

    [Fact]
    public async Task A_list_cannot_be_larger_than_is_answered()
    {
        await using var portal = await PortalHost.StartAsync();
        await Problems.IsAsync(await portal.Admin.GetAsync("/api/audit?limit=201", Ct), HttpStatusCode.BadRequest, "limit_invalid");
        await Problems.IsAsync(await portal.Admin.GetAsync("/api/audit?after=nonsense", Ct), HttpStatusCode.BadRequest, "bad_cursor");
    }

    private static async Task MakeAsync(PortalHost portal, int studios)
    {
        for (var studio = 0; studio < studios; studio++)
            (await portal.Admin.PostAsJsonAsync("/api/organisations", new { name = $"Studio {Guid.NewGuid():n}" }, Ct)).EnsureSuccessStatusCode();
    }

    /// <summary>One after the other.</summary>
    private static async Task<IReadOnlyList<JsonElement>> PartsAsync(PortalHost portal)
    {
        var parts = new List<JsonElement>();
        for (var after = ""; after is not null; after = parts[^1].GetProperty("next").GetString())
            parts.Add(await portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit/check{(after.Length > 0 ? $"?after={after}" : "")}", Ct));
        return parts;
    }

    private static string? StateOf(JsonElement part) => part.GetProperty("tail").GetProperty("state").GetString();

    private static async Task<int?> BreakAsync(PortalHost portal)
    {
        var check = (await portal.Admin.GetFromJsonAsync<JsonElement>("/api/audit/check", Ct)).GetProperty("firstBreak");
        return check.ValueKind == JsonValueKind.Null ? null : check.GetInt32();
    }
}
