using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Reviews.Marks;
using FlickStream.Portal.Tests.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Reviews;

public sealed class ModerationTests(ReviewPortal reviewed) : IClassFixture<ReviewPortal>
{
    private static readonly string[] Two = ["two"];

    private PortalHost Portal => reviewed.Portal;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_with_a_word_of_the_list_waits_for_a_moderator()
    {
        var title = await reviewed.TitleAsync();
        await PutWordsAsync("Blurb", "mot interdit");
        using var ann = await Portal.ReviewerAsync("Worded 1");
        var held = await ann.ReviewAsync(title, 4, "Such a BLÚRB.");
        Assert.Equal("held", held.GetProperty("state").GetString());
        Assert.Empty(await Portal.TextsAsync(title));
        Assert.Equal("1 4 [0,0,0,1,0,0,0,0,0,0]", await Portal.RatingAsync(title));
        var queued = Assert.Single(await QueueAsync("held"), item => item.Id() == held.Id());
        Assert.Equal(("words", "Worded 1"), (queued.GetProperty("heldFor").GetString(), queued.GetProperty("author").GetString()));

        await ann.ReviewAsync(title, 5, "Nothing wrong in it.");
        Assert.Empty(await Portal.TextsAsync(title));
        Assert.Equal(HttpStatusCode.OK, (await DecideAsync(held.Id(), "approve")).StatusCode);
        Assert.Equal(["Nothing wrong in it."], await Portal.TextsAsync(title));
        Assert.DoesNotContain(await QueueAsync("held"), item => item.Id() == held.Id());
        await Problems.IsAsync(await DecideAsync(held.Id(), "approve"), HttpStatusCode.Conflict, "review_state_unfit");
        await Problems.IsAsync(await ann.NameAsync("The Blurb"), HttpStatusCode.BadRequest, "public_name_refused");
    }

    [Fact]
    public async Task Reports_of_enough_accounts_hold_a_text_once_and_a_decision_settles_them()
    {
        var title = await reviewed.TitleAsync();
        using var ann = await Portal.ReviewerAsync("Reported 1");
        var id = (await ann.ReviewAsync(title, 1, "The butler did it.")).Id();
        using var one = await Portal.ReviewerAsync();
        using var two = await Portal.ReviewerAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await one.ReportAsync(id, "spoiler")).StatusCode);
        await Problems.IsAsync(await one.ReportAsync(id, "hate"), HttpStatusCode.Conflict, "review_reported_already");
        Assert.Single(await Portal.TextsAsync(title));
        Assert.Single(await QueueAsync("reported"), item => item.Id() == id);
        Assert.Equal(HttpStatusCode.NoContent, (await two.ReportAsync(id, "spoiler")).StatusCode);
        Assert.Empty(await Portal.TextsAsync(title));
        var found = await Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/reviews/{id}", Ct);
        Assert.Equal(["spoiler", "spoiler"], found.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("reason").GetString()));

        await DecideAsync(id, "approve");
        using var three = await Portal.ReviewerAsync();
        await three.ReportAsync(id);
        Assert.Single(await Portal.TextsAsync(title));
        Assert.Equal("reported", (await Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/reviews/{id}", Ct)).GetProperty("review").GetProperty("queue").GetString());
    }

    [Fact]
    public async Task A_reported_text_that_was_approved_comes_back_when_it_is_another()
    {
        using var ann = await Portal.ReviewerAsync("Reported 3");
        var title = await reviewed.TitleAsync();
        var id = (await ann.ReviewAsync(title, 1, "Harmless.")).Id();
        using var one = await Portal.ReviewerAsync();
        await one.ReportAsync(id);
        await DecideAsync(id, "approve");
        await ann.ReviewAsync(title, 2, "Harmless.");
        Assert.DoesNotContain(await QueueAsync("reported"), item => item.Id() == id);
        await ann.ReviewAsync(title, 2, "Not so any more.");
        Assert.Single(await QueueAsync("reported"), item => item.Id() == id);
        Assert.Equal(["Not so any more."], await Portal.TextsAsync(title));
        await DecideAsync(id, "approve");
        Assert.DoesNotContain(await QueueAsync("reported"), item => item.Id() == id);
    }

    [Fact]
    public async Task All_reports_of_a_text_are_read_page_by_page_the_latest_first()
    {
        using var ann = await Portal.ReviewerAsync("Reported 2");
        var id = (await ann.ReviewAsync(await reviewed.TitleAsync(), 1, "Disputed.")).Id();
        var (reports, begun) = (Portal.Services.GetRequiredService<IDocuments>().Set(Report.Schema), Portal.Clock.GetUtcNow());
        for (var i = 0; i < 120; i++)
            await reports.InsertAsync($"{id}.{i}", new Report(id, $"{i}", "spam", $"note {i}", begun.AddSeconds(i), IsCounted: true), Ct);
        Assert.Equal(120, await reports.CountAsync([DocumentFilter.Equal("review", id)], Ct));

        var notes = new List<string>();
        for (string? query = "?limit=50", next; query is not null; query = next is null ? null : $"?limit=50&after={Uri.EscapeDataString(next)}")
        {
            var page = await Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/reviews/{id}{query}", Ct);
            notes.AddRange(page.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("note").GetString()!));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(Enumerable.Range(0, 120).Reverse().Select(i => $"note {i}"), notes);
        await Problems.IsAsync(await Portal.Admin.GetAsync($"/api/admin/reviews/{id}?limit=201", Ct), HttpStatusCode.BadRequest, "limit_invalid");
        await Problems.IsAsync(await Portal.Admin.GetAsync($"/api/admin/reviews/{id}?after=x", Ct), HttpStatusCode.BadRequest, "bad_cursor");
    }

    [Fact]
    public async Task What_is_removed_leaves_the_rating_tells_its_author_why_and_is_not_shown_by_being_written_again()
    {
        var title = await reviewed.TitleAsync();
        using var ann = await Portal.ReviewerAsync("Removed 1");
        var id = (await ann.ReviewAsync(title, 1, "Rude.")).Id();
        await Problems.IsAsync(await DecideAsync(id, "remove", new { reason = " " }), HttpStatusCode.BadRequest, "removal_reason_invalid");
        await Problems.IsAsync(await DecideAsync(id, "restore"), HttpStatusCode.Conflict, "review_state_unfit");
        Assert.Equal(HttpStatusCode.OK, (await DecideAsync(id, "remove", new { reason = "Be polite." })).StatusCode);
        Assert.Empty(await Portal.TextsAsync(title));
        Assert.StartsWith("0 ", await Portal.RatingAsync(title), StringComparison.Ordinal);
        var own = await ann.OwnAsync(title);
        Assert.Equal(("removed", "Be polite."), (own.GetProperty("state").GetString(), own.GetProperty("removedFor").GetString()));

        await ann.ReviewAsync(title, 10);
        Assert.StartsWith("0 ", await Portal.RatingAsync(title), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync($"/api/titles/{title}/review", Ct)).StatusCode);
        Assert.DoesNotContain(await QueueAsync("removed"), item => item.Id() == id);
        var again = await ann.ReviewAsync(title, 1, "Rude again.");
        Assert.Equal("held", again.GetProperty("state").GetString());
        Assert.Equal("rewritten", Assert.Single(await QueueAsync("held"), item => item.Id() == id).GetProperty("heldFor").GetString());
        await DecideAsync(id, "remove", new { reason = "Still." });
        Assert.Equal(HttpStatusCode.OK, (await DecideAsync(id, "restore")).StatusCode);
        Assert.Equal(["Rude again."], await Portal.TextsAsync(title));
        Assert.Equal("1 1 [1,0,0,0,0,0,0,0,0,0]", await Portal.RatingAsync(title));

        var told = (await Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject=review:{id}", Ct)).GetProperty("items").EnumerateArray();
        Assert.Equal(["review_restored", "review_removed", "review_removed"], told.Select(e => e.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task A_public_name_is_taken_away_and_told_and_what_was_written_stays_under_none()
    {
        var title = await reviewed.TitleAsync();
        using var ann = await Portal.ReviewerAsync("Rude Name");
        var review = await ann.ReviewAsync(title, 5, "Fine.");
        var profile = Assert.Single((await ann.ReadAsync("/api/profiles")).GetProperty("items").EnumerateArray()).Id();
        using var viewer = await ann.Browser.DeleteAsync($"/api/admin/public-names/{profile}", Ct);
        await Problems.IsAsync(viewer, HttpStatusCode.Forbidden, "forbidden");

        Assert.Equal(HttpStatusCode.NoContent, (await Portal.Admin.DeleteAsync($"/api/admin/public-names/{profile}", Ct)).StatusCode);
        await Problems.IsAsync(await Portal.Admin.DeleteAsync($"/api/admin/public-names/{profile}", Ct), HttpStatusCode.NotFound, "public_name_not_found");
        var read = Assert.Single((await Portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles/{title}/reviews", Ct)).GetProperty("items").EnumerateArray());
        Assert.Equal((review.Id(), JsonValueKind.Null), (read.Id(), read.GetProperty("author").ValueKind));
        await Problems.IsAsync(await ann.AskToReviewAsync(title, 5, "Finer."), HttpStatusCode.Conflict, "public_name_needed");
        var told = Assert.Single((await Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject=profile:{profile}", Ct)).GetProperty("items").EnumerateArray());
        Assert.Equal(("public_name_removed", "Rude Name"), (told.GetProperty("action").GetString(), told.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_name_that_was_taken_is_chosen_by_nobody_until_it_is_given_back()
    {
        using var ann = await Portal.ReviewerAsync("Vile Person");
        using var bob = await Portal.ReviewerAsync("Kind Person");
        var profile = Assert.Single((await ann.ReadAsync("/api/profiles")).GetProperty("items").EnumerateArray()).Id();
        Assert.Equal(HttpStatusCode.NoContent, (await Portal.Admin.DeleteAsync($"/api/admin/public-names/{profile}", Ct)).StatusCode);
        foreach (var who in new[] { ann, bob })
            foreach (var name in new[] { "Vile Person", "v1le-pérson" })
                await Problems.IsAsync(await who.NameAsync(name), HttpStatusCode.BadRequest, "public_name_refused");
        Assert.Equal("Kind Person", (await bob.ReadAsync("/api/reviews/name")).GetProperty("name").GetString());

        var taken = Assert.Single(await RemovedAsync(), item => item.GetProperty("name").GetString() == "Vile Person").Id();
        Assert.Equal(HttpStatusCode.NoContent, (await Portal.Admin.DeleteAsync($"/api/admin/removed-names/{taken}", Ct)).StatusCode);
        await Problems.IsAsync(await Portal.Admin.DeleteAsync($"/api/admin/removed-names/{taken}", Ct), HttpStatusCode.NotFound, "removed_name_not_found");
        Assert.Equal(HttpStatusCode.OK, (await bob.NameAsync("Vile Person")).StatusCode);
        Assert.DoesNotContain(await RemovedAsync(), item => item.Id() == taken);
        var told = Assert.Single((await Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject=public-name:{taken}", Ct)).GetProperty("items").EnumerateArray());
        Assert.Equal(("public_name_given_back", "Vile Person"), (told.GetProperty("action").GetString(), told.GetProperty("detail").GetString()));

        async Task<IReadOnlyList<JsonElement>> RemovedAsync() =>
            [.. (await Portal.Admin.GetFromJsonAsync<JsonElement>("/api/admin/removed-names?limit=200", Ct)).GetProperty("items").EnumerateArray()];
    }

    [Fact]
    public async Task The_reviews_of_one_account_are_found_and_hidden_while_it_is_suspended()
    {
        var (one, two) = (await reviewed.TitleAsync(), await reviewed.TitleAsync());
        using var spammer = await Portal.ReviewerAsync("Spammer 1");
        using var other = await Portal.ReviewerAsync("Honest 1");
        var first = await spammer.ReviewAsync(one, 10, "Buy at my shop.");
        Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await spammer.ReviewAsync(two, 10, "Buy at my shop!");
        await other.ReviewAsync(one, 2, "Dull.");
        var account = (await spammer.AccountAsync()).Id();
        Assert.Equal([first.Id(), second.Id()], (await QueueAsync($"shown&accountId={account}")).Select(item => item.Id()));
        Assert.Empty(await QueueAsync($"held&accountId={account}"));

        Assert.Equal(HttpStatusCode.OK, (await Portal.Admin.PostAsJsonAsync($"/api/users/{account}/suspend", new { reason = "Spam." }, Ct)).StatusCode);
        Assert.Equal(["Dull."], await Portal.TextsAsync(one));
        Assert.Empty(await Portal.TextsAsync(two, "?sort=helpful"));
        Assert.Equal(2, (await QueueAsync($"shown&accountId={account}")).Count);
        Assert.Equal(HttpStatusCode.OK, (await Portal.Admin.PostAsync($"/api/users/{account}/resume", null, Ct)).StatusCode);
        Assert.Equal(["Buy at my shop!"], await Portal.TextsAsync(two));
    }

    [Fact]
    public async Task The_list_of_words_is_changed_by_who_saw_it_last_and_told()
    {
        var (tag, _) = await PutWordsAsync("one");
        using var stale = new HttpRequestMessage(HttpMethod.Put, "/api/admin/review-words") { Content = JsonContent.Create(new { words = Two }) };
        await Problems.IsAsync(await Portal.Admin.SendAsync(stale, Ct), HttpStatusCode.PreconditionRequired, "if_match_needed");
        using var other = new HttpRequestMessage(HttpMethod.Put, "/api/admin/review-words") { Content = JsonContent.Create(new { words = Two }) };
        other.Headers.TryAddWithoutValidation("If-Match", "\"r999\"");
        await Problems.IsAsync(await Portal.Admin.SendAsync(other, Ct), HttpStatusCode.PreconditionFailed, "words_changed");
        foreach (var invalid in new object[] { new { words = new[] { "!!" } }, new { words = new[] { new string('a', 61) } }, new { } })
            await Problems.IsAsync(await Portal.Admin.PutAsJsonAsync("/api/admin/review-words", invalid, Ct), HttpStatusCode.BadRequest, "words_invalid");
        var read = await Portal.Admin.GetAsync("/api/admin/review-words", Ct);
        Assert.Equal(tag, read.Headers.ETag!.Tag);
        Assert.Equal("""{"words":["one"]}""", await read.Content.ReadAsStringAsync(Ct));
        var told = (await Portal.Admin.GetFromJsonAsync<JsonElement>("/api/audit?subject=review-words", Ct)).GetProperty("items").EnumerateArray().First();
        Assert.Equal("review_words_changed", told.GetProperty("action").GetString());
    }

    [Fact]
    public async Task Nobody_writes_or_marks_more_often_than_they_may()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Reviews:WritesPerMinute"] = "1", ["Reviews:MarksPerMinute"] = "1" });
        using var ann = await portal.ReviewerAsync();
        using var bob = await portal.ReviewerAsync();
        const string Nothing = "0123456789abcdef";
        await Problems.IsAsync(await ann.AskToReviewAsync(Nothing, 5), HttpStatusCode.NotFound, "title_not_found");
        await Problems.IsAsync(await ann.AskToReviewAsync(Nothing, 5), HttpStatusCode.TooManyRequests, "rate_limited");
        await Problems.IsAsync(await ann.NameAsync("Ann"), HttpStatusCode.TooManyRequests, "rate_limited");
        await Problems.IsAsync(await ann.ReportAsync(Nothing), HttpStatusCode.NotFound, "review_not_found");
        await Problems.IsAsync(await ann.ReportAsync(Nothing), HttpStatusCode.TooManyRequests, "rate_limited");
        await Problems.IsAsync(await bob.ReportAsync(Nothing), HttpStatusCode.NotFound, "review_not_found");
    }

    [Fact]
    public async Task No_viewer_moderates()
    {
        using var ann = await Portal.ReviewerAsync();
        await Problems.IsAsync(await ann.Browser.GetAsync("/api/admin/reviews", Ct), HttpStatusCode.Forbidden, "forbidden");
        await Problems.IsAsync(await ann.PostAsync("/api/admin/reviews/0123456789abcdef/approve", new { }), HttpStatusCode.Forbidden, "forbidden");
        await Problems.IsAsync(await Portal.Admin.GetAsync("/api/admin/reviews?state=all", Ct), HttpStatusCode.BadRequest, "review_state_unknown");
        await Problems.IsAsync(await DecideAsync("0123456789abcdef", "approve"), HttpStatusCode.NotFound, "review_not_found");
    }

    private async Task<(string Tag, JsonElement Words)> PutWordsAsync(params string[] words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/admin/review-words") { Content = JsonContent.Create(new { words }) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        var answer = await Portal.Admin.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.Headers.ETag!.Tag, await answer.Content.ReadFromJsonAsync<JsonElement>(Ct));
    }

    private async Task<IReadOnlyList<JsonElement>> QueueAsync(string state) =>
        [.. (await Portal.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/reviews?state={state}&limit=200", Ct)).GetProperty("items").EnumerateArray()];

    private Task<HttpResponseMessage> DecideAsync(string id, string move, object? body = null) => Portal.Admin.PostAsJsonAsync($"/api/admin/reviews/{id}/{move}", body ?? new { }, Ct);
}
