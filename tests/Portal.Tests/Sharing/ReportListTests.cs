using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Sharing.Lists.Reports;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Reviews;
using FlickStream.Portal.Tests.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Sharing;

public sealed class ReportListTests(SharingPortal shared) : IClassFixture<SharingPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reported_list_waits_for_a_moderator_who_lets_it_stay_until_it_is_reported_again()
    {
        using var ann = await shared.Portal.ReviewerAsync();
        var slug = await SlugAsync(ann, "Rude words");
        var readers = new List<Person>();
        for (var reader = 0; reader < 4; reader++) readers.Add(await shared.Portal.ReviewerAsync());
        var answers = await Task.WhenAll(readers.Take(3).Select(reader => ReportAsync(reader, slug, note: "See its name.")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        await Problems.IsAsync(await ReportAsync(readers[0], slug), HttpStatusCode.Conflict, "list_reported_already");

        var waiting = Assert.Single(await QueueAsync(), item => item.GetProperty("slug").GetString() == slug);
        Assert.Equal((3, "Rude words"), (waiting.GetProperty("reports").GetInt32(), waiting.GetProperty("name").GetString()));
        var reports = await ReportsAsync(slug);
        Assert.Equal(3, reports.Count);
        Assert.All(reports, report => Assert.Equal(("abuse", "See its name."), (report.GetProperty("reason").GetString(), report.GetProperty("note").GetString())));
        Assert.Equal(HttpStatusCode.OK, (await shared.Portal.Anonymous.GetAsync($"/api/shared-lists/{slug}", Ct)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await ApproveAsync(slug)).StatusCode);
        Assert.DoesNotContain(await QueueAsync(), item => item.GetProperty("slug").GetString() == slug);
        await Problems.IsAsync(await ApproveAsync(slug), HttpStatusCode.Conflict, "list_not_reported");
        var told = Assert.Single((await shared.Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject=shared-list:{slug}", Ct)).GetProperty("items").EnumerateArray());
        Assert.Equal("shared_list_approved", told.GetProperty("action").GetString());

        // Who reported it before may do so again, as the list may have become another; what was read is all that is decided about.
        shared.Portal.Clock.Leap(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NoContent, (await ReportAsync(readers[0], slug)).StatusCode);
        var read = (await ReportsAsync(slug))[0].GetProperty("at").GetDateTimeOffset();
        shared.Portal.Clock.Leap(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NoContent, (await ReportAsync(readers[3], slug)).StatusCode);
        Assert.Equal(2, WaitingOf(await QueueAsync(), slug));
        Assert.Equal(HttpStatusCode.OK, (await shared.Portal.Admin.PostAsJsonAsync($"/api/admin/shared-lists/{slug}/approve", new { until = read }, Ct)).StatusCode);
        Assert.Equal(1, WaitingOf(await QueueAsync(), slug));
        readers.ForEach(reader => reader.Dispose());
    }

    [Fact]
    public async Task A_report_needs_a_list_of_somebody_else_and_a_reason_that_there_is()
    {
        using var ann = await shared.Portal.ReviewerAsync();
        using var bob = await shared.Portal.ReviewerAsync();
        var slug = await SlugAsync(ann, "A list");
        await Problems.IsAsync(await ReportAsync(ann, slug), HttpStatusCode.Conflict, "list_own");
        await Problems.IsAsync(await ReportAsync(bob, "0123456789abcdef0123456789abcdef"), HttpStatusCode.NotFound, "shared_not_found");
        await Problems.IsAsync(await ReportAsync(bob, slug, "boring"), HttpStatusCode.BadRequest, "report_reason_unknown");
        await Problems.IsAsync(await ReportAsync(bob, slug, note: new string('x', 501)), HttpStatusCode.BadRequest, "report_note_invalid");
        Assert.Empty(await ReportsAsync(slug));
        await Problems.IsAsync(await shared.Portal.Admin.GetAsync("/api/admin/shared-lists/0123456789abcdef/reports", Ct), HttpStatusCode.NotFound, "shared_not_found");
    }

    [Fact]
    public async Task A_reported_list_that_is_shared_anew_still_waits_for_a_moderator_who_takes_the_new_link_back_too()
    {
        using var ann = await shared.Portal.ReviewerAsync();
        using var bob = await shared.Portal.ReviewerAsync();
        var first = await SlugAsync(ann, "Rude words");
        await ReportAsync(bob, first, note: "See its name.");
        await TakeBackAsync(ann);
        await Problems.IsAsync(await shared.Portal.Anonymous.GetAsync($"/api/shared-lists/{first}", Ct), HttpStatusCode.NotFound, "shared_not_found");
        await Problems.IsAsync(await ReportAsync(bob, first), HttpStatusCode.NotFound, "shared_not_found");
        await Problems.IsAsync(await ann.Browser.GetAsync("/api/watchlist/share", Ct), HttpStatusCode.NotFound, "list_not_shared");
        var second = await SlugAsync(ann, "Rude words");
        Assert.NotEqual(first, second);

        var waiting = Assert.Single(await QueueAsync(), item => item.GetProperty("slug").GetString() == first);
        Assert.Equal(1, waiting.GetProperty("reports").GetInt32());
        Assert.NotEqual(JsonValueKind.Null, waiting.GetProperty("takenBackAt").ValueKind);
        Assert.Equal("See its name.", Assert.Single(await ReportsAsync(first)).GetProperty("note").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await shared.Portal.Admin.DeleteAsync($"/api/admin/shared-lists/{first}", Ct)).StatusCode);
        foreach (var slug in new[] { first, second })
            await Problems.IsAsync(await shared.Portal.Admin.GetAsync($"/api/admin/shared-lists/{slug}", Ct), HttpStatusCode.NotFound, "shared_not_found");
    }

    [Fact]
    public async Task A_list_that_was_taken_back_goes_once_its_reports_are_decided_about_and_what_is_shared_anew_stays()
    {
        using var ann = await shared.Portal.ReviewerAsync();
        using var bob = await shared.Portal.ReviewerAsync();
        var first = await SlugAsync(ann, "A list");
        await ReportAsync(bob, first);
        await TakeBackAsync(ann);
        var second = await SlugAsync(ann, "A list");
        Assert.Equal(HttpStatusCode.OK, (await ApproveAsync(first)).StatusCode);
        await Problems.IsAsync(await shared.Portal.Admin.GetAsync($"/api/admin/shared-lists/{first}", Ct), HttpStatusCode.NotFound, "shared_not_found");
        Assert.Equal(HttpStatusCode.OK, (await shared.Portal.Anonymous.GetAsync($"/api/shared-lists/{second}", Ct)).StatusCode);
    }

    [Fact]
    public async Task Reports_go_with_the_list_and_of_who_leaves_only_that_there_was_one_stays()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Accounts:DeletionGrace"] = "00:00:00" });
        using var ann = await portal.ReviewerAsync();
        using var bob = await portal.ReviewerAsync();
        var slug = await SlugAsync(ann, "A list");
        await ReportAsync(bob, slug, note: "By Bob.");
        Assert.Contains("By Bob.", (await bob.ReadAsync("/api/accounts/me/export")).GetProperty("sharedLists").GetRawText(), StringComparison.Ordinal);
        var reports = portal.Services.GetRequiredService<IDocuments>().Set(ListReport.Schema);
        Assert.Equal(HttpStatusCode.OK, (await bob.Browser.DeleteAsync("/api/accounts/me", Ct)).StatusCode);
        await portal.Services.GetRequiredService<AccountSweep>().SweepAsync(Ct);
        var left = Assert.Single((await reports.QueryAsync(new(), Ct)).Items).Value;
        Assert.Equal(("", null), (left.AccountId, left.Note));

        await TakeBackAsync(ann);
        Assert.Equal(1, await reports.CountAsync([], Ct));
        Assert.Equal(HttpStatusCode.OK, (await ann.Browser.DeleteAsync("/api/accounts/me", Ct)).StatusCode);
        await portal.Services.GetRequiredService<AccountSweep>().SweepAsync(Ct);
        Assert.Equal(0, await reports.CountAsync([], Ct));
    }

    private static async Task TakeBackAsync(Person person) =>
        Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.DeleteAsync("/api/watchlist/share", Ct)).StatusCode);

    private static int WaitingOf(IReadOnlyList<JsonElement> queue, string slug) =>
        Assert.Single(queue, item => item.GetProperty("slug").GetString() == slug).GetProperty("reports").GetInt32();

    private static async Task<string> SlugAsync(Person person, string name) => (await person.ShareAsync(name)).GetProperty("slug").GetString()!;

    private static Task<HttpResponseMessage> ReportAsync(Person person, string slug, string reason = "abuse", string? note = null) =>
        person.PostAsync($"/api/shared-lists/{slug}/report", new { reason, note });

    private async Task<IReadOnlyList<JsonElement>> QueueAsync() =>
        [.. (await shared.Portal.Admin.GetFromJsonAsync<JsonElement>("/api/admin/shared-lists?limit=200", Ct)).GetProperty("items").EnumerateArray()];

    private async Task<IReadOnlyList<JsonElement>> ReportsAsync(string slug) =>
        [.. (await shared.Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/shared-lists/{slug}/reports", Ct)).GetProperty("items").EnumerateArray()];

    private Task<HttpResponseMessage> ApproveAsync(string slug) => shared.Portal.Admin.PostAsync($"/api/admin/shared-lists/{slug}/approve", null, Ct);
}
