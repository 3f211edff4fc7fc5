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
    public async Task A_list_cannot_be_larger_than_is_answered()
    {
        await using var portal = await PortalHost.StartAsync();
        await Problems.IsAsync(await portal.Admin.GetAsync("/api/audit?limit=201", Ct), HttpStatusCode.BadRequest, "limit_invalid");
        await Problems.IsAsync(await portal.Admin.GetAsync("/api/audit?after=nonsense", Ct), HttpStatusCode.BadRequest, "bad_cursor");
    }

    private static async Task<int?> BreakAsync(PortalHost portal)
    {
        var check = (await portal.Admin.GetFromJsonAsync<JsonElement>("/api/audit/check", Ct)).GetProperty("firstBreak");
        return check.ValueKind == JsonValueKind.Null ? null : check.GetInt32();
    }
}
