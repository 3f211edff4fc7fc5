using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Reviews;
using FlickStream.Portal.Tests.Watching;
using FlickStream.Portal.Watching.Lists;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Sharing;

public sealed class ListTests(SharingPortal shared) : IClassFixture<SharingPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_made_filled_named_shared_and_deleted()
    {
        var (one, two) = (await shared.Studio.PublishAsync(Studio.Movie("One")), await shared.Studio.PublishAsync(Studio.Movie("Two")));
        using var ann = await shared.Portal.ReviewerAsync();
        var id = await MakeAsync(ann, "For rain");
        foreach (var title in new[] { one, two, one }) Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.PutAsync($"/api/lists/{id}/titles/{title}", null, Ct)).StatusCode);
        Assert.Equal([two, one], await TitlesAsync(ann, id));
        await Problems.IsAsync(await ann.Browser.PutAsync($"/api/lists/{id}/titles/0123456789abcdef", null, Ct), HttpStatusCode.NotFound, "title_not_found");

        var answer = await (await ann.Browser.PutAsync($"/api/lists/{id}/share", null, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var slug = answer.GetProperty("slug").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await ann.Browser.PutAsJsonAsync($"/api/lists/{id}", new { name = "For sun" }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync($"/api/lists/{id}/titles/{one}", Ct)).StatusCode);
        var read = JsonElement.Parse(await shared.Portal.Anonymous.GetStringAsync($"/api/shared-lists/{slug}", Ct));
        Assert.Equal(("For sun", two), (read.GetProperty("name").GetString(), Assert.Single(read.GetProperty("items").EnumerateArray()).Id()));
        Assert.NotEqual(slug, (await ann.ShareAsync("Watchlist")).GetProperty("slug").GetString());
        Assert.Contains("For sun", await shared.Portal.Anonymous.GetStringAsync($"/share/lists/{slug}", Ct), StringComparison.Ordinal);
        Assert.Contains("For sun", (await ann.ReadAsync("/api/accounts/me/export")).GetProperty("watching").GetRawText(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync($"/api/lists/{id}/share", Ct)).StatusCode);
        await Problems.IsAsync(await shared.Portal.Anonymous.GetAsync($"/share/lists/{slug}", Ct), HttpStatusCode.NotFound, "shared_not_found");
        var again = (await (await ann.Browser.PutAsync($"/api/lists/{id}/share", null, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("slug").GetString();
        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync($"/api/lists/{id}", Ct)).StatusCode);
        await Problems.IsAsync(await shared.Portal.Anonymous.GetAsync($"/api/shared-lists/{again}", Ct), HttpStatusCode.NotFound, "shared_not_found");
        Assert.Empty(await ann.ListAsync("/api/lists"));
    }

    [Fact]
    public async Task A_shared_list_is_taken_down_and_told_and_opens_nothing_while_its_owner_is_suspended()
    {
        using var ann = await shared.Portal.ReviewerAsync();
        var (account, slug) = ((await ann.AccountAsync()).Id(), (await ann.ShareAsync("Buy at my shop")).GetProperty("slug").GetString()!);
        Assert.Equal(account, (await shared.Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/shared-lists/{slug}", Ct)).GetProperty("accountId").GetString());
        Assert.Equal(HttpStatusCode.OK, (await shared.Portal.Admin.PostAsJsonAsync($"/api/users/{account}/suspend", new { reason = "Spam." }, Ct)).StatusCode);
        foreach (var path in new[] { "/share/lists/", "/api/shared-lists/" })
            await Problems.IsAsync(await shared.Portal.Anonymous.GetAsync(path + slug, Ct), HttpStatusCode.NotFound, "shared_not_found");
        Assert.Equal(HttpStatusCode.OK, (await shared.Portal.Admin.PostAsync($"/api/users/{account}/resume", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await shared.Portal.Anonymous.GetAsync($"/api/shared-lists/{slug}", Ct)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await shared.Portal.Admin.DeleteAsync($"/api/admin/shared-lists/{slug}", Ct)).StatusCode);
        await Problems.IsAsync(await shared.Portal.Admin.DeleteAsync($"/api/admin/shared-lists/{slug}", Ct), HttpStatusCode.NotFound, "shared_not_found");
        await Problems.IsAsync(await shared.Portal.Anonymous.GetAsync($"/api/shared-lists/{slug}", Ct), HttpStatusCode.NotFound, "shared_not_found");
        var told = Assert.Single((await shared.Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject=shared-list:{slug}", Ct)).GetProperty("items").EnumerateArray());
        Assert.Equal(("shared_list_removed", $"Buy at my shop, of account:{account}"), (told.GetProperty("action").GetString(), told.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task However_many_are_made_at_once_no_more_are_there_than_may_be_and_a_name_is_a_line()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Watching:Lists"] = "3" });
        using var ann = await portal.ReviewerAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ann.PostAsync("/api/lists", new { name = $"List {i}" })));
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created)) await Problems.IsAsync(refused, HttpStatusCode.Conflict, "list_limit_reached");
        foreach (var name in new[] { "", "a\nb", new string('x', 61) }) await Problems.IsAsync(await ann.PostAsync("/api/lists", new { name }), HttpStatusCode.BadRequest, "list_name_invalid");

        // They go with the profile.
        var first = (await ann.ReadAsync("/api/profiles")).GetProperty("items")[0].Id();
        await ann.EnterAsync(await ann.ProfileAsync(new { name = "Other" }));
        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync($"/api/profiles/{first}", Ct)).StatusCode);
        Assert.Equal(0, await portal.Services.GetRequiredService<IDocuments>().Set(NamedList.Schema).CountAsync([], Ct));
    }

    [Fact]
    public async Task V8_2_2_Nobody_reaches_a_list_of_another_profile()
    {
        var title = await shared.Studio.PublishAsync(Studio.Movie("Mine"));
        using var ann = await shared.Portal.ReviewerAsync();
        using var bob = await shared.Portal.ReviewerAsync();
        var id = await MakeAsync(ann, "Ann's");
        await ann.Browser.PutAsync($"/api/lists/{id}/titles/{title}", null, Ct);
        HttpResponseMessage[] tries =
        [
            await bob.Browser.GetAsync($"/api/lists/{id}", Ct), await bob.Browser.PutAsJsonAsync($"/api/lists/{id}", new { name = "Bob's" }, Ct), await bob.Browser.DeleteAsync($"/api/lists/{id}", Ct),
            await bob.Browser.PutAsync($"/api/lists/{id}/titles/{title}", null, Ct), await bob.Browser.DeleteAsync($"/api/lists/{id}/titles/{title}", Ct),
            await bob.Browser.PutAsync($"/api/lists/{id}/share", null, Ct),
        ];
        foreach (var answer in tries) await Problems.IsAsync(answer, HttpStatusCode.NotFound, "list_not_found");
        await Problems.IsAsync(await bob.Browser.GetAsync($"/api/lists/{id}/share", Ct), HttpStatusCode.NotFound, "list_not_shared");
        Assert.Equal([title], await TitlesAsync(ann, id));
        Assert.Equal("Ann's", Assert.Single(await ann.ListAsync("/api/lists")).GetProperty("name").GetString());
    }

    private static async Task<string> MakeAsync(Person person, string name)
    {
        var made = await person.PostAsync("/api/lists", new { name });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).Id();
    }

    private static async Task<IReadOnlyList<string>> TitlesAsync(Person person, string id) =>
        [.. (await person.ListAsync($"/api/lists/{id}")).Select(item => item.GetProperty("title").Id())];
}
