using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Organisations;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Administration;

public sealed class OrganisationDeletionTests(WebhookPortal fixture) : IClassFixture<WebhookPortal>
{
    private static readonly string[] KeyScopes = ["catalog"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PortalHost Portal => fixture.Portal;

    [Fact]
    public async Task An_organisation_stays_while_people_work_for_it_or_it_has_titles_or_assets()
    {
        using var studio = await Studio.OfAsync(Portal);
        using var ann = await Person.RegisteredAsync(Portal);
        await Portal.MakeAsync(ann, "studio", studio.Id);
        // Neither counts: one is gone, the other somebody else's.
        await studio.AssetAsync(AssetState.Deleted);
        await studio.AssetAsync(owner: "another");
        var title = (await studio.MakeAsync(Studio.Movie("Left behind"))).GetProperty("id").GetString();

        Assert.StartsWith("People", await InUseAsync(studio), StringComparison.Ordinal);
        await Portal.MakeAsync(ann, "viewer");
        Assert.StartsWith("It has titles", await InUseAsync(studio), StringComparison.Ordinal);
        // Nothing was taken from it meanwhile.
        (await studio.DeleteAsync(title!)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(studio)).StatusCode);
        await Problems.IsAsync(await DeleteAsync(studio), HttpStatusCode.NotFound, "organisation_not_found");
    }

    [Theory]
    [InlineData(AssetState.Planned)]
    [InlineData(AssetState.Refused)]
    public async Task An_organisation_stays_while_it_has_an_asset_of_any_state(AssetState state)
    {
        using var studio = await Studio.OfAsync(Portal);
        await studio.AssetAsync(state);
        Assert.StartsWith("It has assets", await InUseAsync(studio), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_organisation_its_keys_and_webhooks_end_and_nobody_else_s()
    {
        using var studio = await Studio.OfAsync(Portal);
        using var other = await Studio.OfAsync(Portal);
        using var uploads = await WebhookPortal.KeyAsync(Portal, studio);
        using var otherUploads = await WebhookPortal.KeyAsync(Portal, other);
        var url = new Uri("http://127.0.0.1:9/hook");
        var (gone, _) = await uploads.EndpointAsync(url);
        var (kept, _) = await otherUploads.EndpointAsync(url);

        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(studio)).StatusCode);

        foreach (var client in new[] { studio.Http, uploads })
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/studio/titles", Ct)).StatusCode);
        await Problems.IsAsync(await Portal.Admin.GetAsync($"{Endpoints.Path}/{gone}", Ct), HttpStatusCode.NotFound, "webhook_not_found");
        Assert.Equal(HttpStatusCode.OK, (await Portal.Admin.GetAsync($"{Endpoints.Path}/{kept}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.Http.GetAsync("/api/studio/titles", Ct)).StatusCode);

        // It takes in nobody and nothing any more.
        var key = await Portal.Admin.PostAsJsonAsync("/api/keys", new { name = "a key", scopes = KeyScopes, organisationId = studio.Id }, Ct);
        await Problems.IsAsync(key, HttpStatusCode.NotFound, "organisation_not_found");
        var audit = (await Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject=organisation:{studio.Id}", Ct)).GetProperty("items");
        Assert.Equal(["organisation_deleted", "organisation_created"], audit.EnumerateArray().Select(one => one.GetProperty("action").GetString()));
        var all = await Portal.Admin.GetFromJsonAsync<JsonElement>("/api/organisations?limit=200", Ct);
        Assert.DoesNotContain(studio.Id, all.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
    }

    /// <summary>As by an upload that was completing, or an administrator who looked a moment before.</summary>
    [Theory]
    [InlineData("person")]
    [InlineData("asset")]
    [InlineData("nothing")]
    public async Task An_organisation_is_back_where_something_of_it_came_in_the_moment_of_its_deletion(string late)
    {
        var removal = Portal.Services.GetRequiredService<OrganisationRemoval>();
        using var studio = await Studio.OfAsync(Portal);
        using var ann = await Person.RegisteredAsync(Portal);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(studio)).StatusCode);
        var (accounts, id) = (Portal.Services.GetRequiredService<AccountStore>(), (await ann.AccountAsync()).GetProperty("id").GetString()!);
        if (late == "person") await accounts.ChangeAsync(id, account => account with { Role = "studio", OrganisationId = studio.Id }, Ct);
        if (late == "asset") await studio.AssetAsync(AssetState.Inspecting);
        await removal.SweepAsync(Ct);
        Assert.False(await IsThereAsync(studio));

        Portal.Clock.Leap(TimeSpan.FromHours(1));
        await removal.SweepAsync(Ct);
        await removal.SweepAsync(Ct);
        Assert.Equal(late != "nothing", await IsThereAsync(studio));
        if (late == "person") Assert.Equal(1, await accounts.OfOrganisationAsync(studio.Id, Ct).CountAsync(Ct));
    }

    [Fact]
    public async Task A_deletion_that_a_killed_node_began_is_ended()
    {
        using var studio = await Studio.OfAsync(Portal);
        var kept = (await Portal.Services.GetRequiredService<OrganisationStore>().GetAsync(studio.Id, Ct))!;
        await Portal.Services.GetRequiredService<IDocuments>().Set(LeavingOrganisation.Schema).InsertAsync(studio.Id, new(kept, Portal.Clock.GetUtcNow()), Ct);

        await Portal.Services.GetRequiredService<OrganisationRemoval>().SweepAsync(Ct);

        Assert.False(await IsThereAsync(studio));
        Assert.Equal(HttpStatusCode.Unauthorized, (await studio.Http.GetAsync("/api/studio/titles", Ct)).StatusCode);
    }

    private async Task<bool> IsThereAsync(Studio studio) =>
        await Portal.Services.GetRequiredService<OrganisationStore>().GetAsync(studio.Id, Ct) is not null;

    private async Task<string> InUseAsync(Studio studio)
    {
        var answer = await DeleteAsync(studio);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        await Problems.IsAsync(answer, HttpStatusCode.Conflict, "organisation_in_use");
        return JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()!;
    }

    private Task<HttpResponseMessage> DeleteAsync(Studio studio) => Portal.Admin.DeleteAsync($"/api/organisations/{studio.Id}", Ct);
}
