using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Reviews;
using FlickStream.Portal.Reviews.Marks;
using FlickStream.Portal.Reviews.Names;
using FlickStream.Portal.Tests.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Reviews;

public sealed class ReviewTests(ReviewPortal reviewed) : IClassFixture<ReviewPortal>
{
    private PortalHost Portal => reviewed.Portal;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_review_is_written_read_changed_and_taken_back()
    {
        var title = await reviewed.TitleAsync();
        using var ann = await Portal.ReviewerAsync();
        await Problems.IsAsync(await ann.AskToReviewAsync(title, 7, "Good."), HttpStatusCode.Conflict, "public_name_needed");
        await ann.ReviewAsync(title, 7);
        Assert.Empty(await Portal.TextsAsync(title));
        Assert.Equal("1 7 [0,0,0,0,0,0,1,0,0,0]", await Portal.RatingAsync(title));

        await ann.NameAsync("Ann of the Movies");
        await ann.ReviewAsync(title, 9, "  Better than <b>I</b> thought.  ");
        var page = await Portal.Anonymous.GetStringAsync($"/api/titles/{title}/reviews", Ct);
        var item = Assert.Single(JsonElement.Parse(page).GetProperty("items").EnumerateArray());
        Assert.Equal(("Ann of the Movies", 9, "Better than <b>I</b> thought."), (item.GetProperty("author").GetString(), item.GetProperty("rating").GetInt32(), item.GetProperty("text").GetString()));
        Assert.DoesNotContain(ann.Email, page, StringComparison.Ordinal);
        var account = (await ann.AccountAsync()).Id();
        Assert.DoesNotContain(account, page, StringComparison.Ordinal);
        Assert.Equal("1 9 [0,0,0,0,0,0,0,0,1,0]", await Portal.RatingAsync(title));
        Assert.Equal(title, Assert.Single(await ann.ListAsync("/api/reviews")).GetProperty("title").Id());

        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync($"/api/titles/{title}/review", Ct)).StatusCode);
        await Problems.IsAsync(await ann.Browser.DeleteAsync($"/api/titles/{title}/review", Ct), HttpStatusCode.NotFound, "review_not_found");
        Assert.Equal("0  [0,0,0,0,0,0,0,0,0,0]", await Portal.RatingAsync(title));
        Assert.Empty(await Portal.TextsAsync(title));
    }

    [Fact]
    public async Task The_ratings_of_a_page_of_titles_are_read_at_once_with_one_s_own()
    {
        string[] titles = [await reviewed.TitleAsync(), await reviewed.TitleAsync(), await reviewed.TitleAsync()];
        using var ann = await Portal.ReviewerAsync();
        using var ben = await Portal.ReviewerAsync();
        await ann.ReviewAsync(titles[0], 7);
        await ben.ReviewAsync(titles[0], 10);
        await ben.ReviewAsync(titles[1], 4);
        var query = $"/api/ratings?{string.Join('&', titles.Append("0000000000000000").Append(titles[0]).Select(title => $"title={title}"))}";

        Assert.Equal([$"{titles[0]} 2 8.5 7", $"{titles[1]} 1 4 ", $"{titles[2]} 0  "], await ReadAsync(ann.Browser));
        Assert.Equal([$"{titles[0]} 2 8.5 10", $"{titles[1]} 1 4 4", $"{titles[2]} 0  "], await ReadAsync(ben.Browser));
        Assert.Equal([$"{titles[0]} 2 8.5 ", $"{titles[1]} 1 4 ", $"{titles[2]} 0  "], await ReadAsync(Portal.Anonymous));
        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync($"/api/titles/{titles[0]}/review", Ct)).StatusCode);
        Assert.Equal($"{titles[0]} 1 10 ", (await ReadAsync(ann.Browser))[0]);
        await Problems.IsAsync(await Portal.Anonymous.GetAsync("/api/ratings", Ct), HttpStatusCode.BadRequest, "titles_invalid");

        async Task<IReadOnlyList<string>> ReadAsync(HttpClient client) =>
        [
            .. (await client.GetFromJsonAsync<JsonElement>(query, Ct)).GetProperty("items").EnumerateArray()
                .Select(item => $"{item.GetProperty("titleId")} {item.GetProperty("count")} {item.GetProperty("mean")} {item.GetProperty("own")}"),
        ];
    }

    [Theory]
    [InlineData("""{"rating":0}""", "rating_invalid")]
    [InlineData("""{"rating":11}""", "rating_invalid")]
    [InlineData("""{"text":"x"}""", "rating_invalid")]
    [InlineData("""{"rating":{"$ne":0}}""", "bad_request")]
    [InlineData("""{"rating":5,"text":"a\u0000b"}""", "review_text_invalid")]
    [InlineData("""{"rating":5,"text":"a\u202eb"}""", "review_text_invalid")]
    public async Task What_is_not_right_is_refused_by_its_code(string body, string code)
    {
        using var ann = await Portal.ReviewerAsync();
        var answer = await ann.Browser.PutAsync($"/api/titles/{await reviewed.TitleAsync()}/review", new StringContent(body, null, "application/json"), Ct);
        await Problems.IsAsync(answer, HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task What_is_not_the_author_s_to_set_is_not_set()
    {
        var title = await reviewed.TitleAsync();
        using var ann = await Portal.ReviewerAsync();
        await ann.Browser.PutAsJsonAsync($"/api/titles/{title}/review", new { rating = 3, helpful = 99, state = "removed", accountId = "x", counted = 10 }, Ct);
        var own = await ann.OwnAsync(title);
        Assert.Equal((0, "shown"), (own.GetProperty("helpful").GetInt32(), own.GetProperty("state").GetString()));
        Assert.Equal("1 3 [0,0,1,0,0,0,0,0,0,0]", await Portal.RatingAsync(title));
        await Problems.IsAsync(await ann.AskToReviewAsync(title, 5, new string('x', 4001)), HttpStatusCode.BadRequest, "review_text_invalid");
        await Problems.IsAsync(await ann.AskToReviewAsync("0123456789abcdef", 5), HttpStatusCode.NotFound, "title_not_found");
    }

    [Fact]
    public async Task Each_profile_speaks_for_itself_and_a_child_writes_and_reads_no_text()
    {
        var title = await reviewed.TitleAsync();
        using var ann = await Portal.ReviewerAsync("Grown-up 1");
        await ann.ReviewAsync(title, 10, "For all ages.");
        var child = await ann.ProfileAsync(new { name = "Kid", isKids = true });
        await ann.EnterAsync(child);
        await Problems.IsAsync(await ann.Browser.GetAsync($"/api/titles/{title}/review", Ct), HttpStatusCode.NotFound, "review_not_found");
        await Problems.IsAsync(await ann.AskToReviewAsync(title, 1, "No."), HttpStatusCode.Forbidden, "review_text_not_for_kids");
        await Problems.IsAsync(await ann.NameAsync("Kid 1"), HttpStatusCode.Forbidden, "review_text_not_for_kids");
        await ann.ReviewAsync(title, 2);
        Assert.Equal("2 6 [0,1,0,0,0,0,0,0,0,1]", await Portal.RatingAsync(title));
        var read = await ann.ReadAsync($"/api/titles/{title}/reviews");
        Assert.Equal((0, 2), (read.GetProperty("items").GetArrayLength(), read.GetProperty("rating").GetProperty("count").GetInt32()));
        Assert.Single(await Portal.TextsAsync(title));
    }

    [Fact]
    public async Task Public_names_are_one_s_own_and_never_an_address()
    {
        using var ann = await Portal.ReviewerAsync("Zoë Film");
        using var bob = await Portal.ReviewerAsync();
        foreach (var alike in new[] { "zoe film", "Z0E F1LM", "ZoeFilm" }) await Problems.IsAsync(await bob.NameAsync(alike), HttpStatusCode.Conflict, "public_name_taken");
        foreach (var invalid in new[] { bob.Email, "x", " ", "<script>", "a\u202eb", new string('a', 31) })
            await Problems.IsAsync(await bob.NameAsync(invalid), HttpStatusCode.BadRequest, "public_name_invalid");
        await Problems.IsAsync(await bob.NameAsync("M0derator"), HttpStatusCode.BadRequest, "public_name_refused");
        Assert.Equal(HttpStatusCode.OK, (await ann.NameAsync("Zoe Film")).StatusCode);
        Assert.Equal(JsonValueKind.Null, (await bob.ReadAsync("/api/reviews/name")).GetProperty("name").ValueKind);
        var both = await Task.WhenAll(ann.NameAsync("Same Name"), bob.NameAsync("Same Name"));
        Assert.Single(both, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_newest_or_the_most_helpful_come_first_in_pages()
    {
        var title = await reviewed.TitleAsync();
        var people = new[] { await Portal.ReviewerAsync("Pager A"), await Portal.ReviewerAsync("Pager B"), await Portal.ReviewerAsync("Pager C") };
        var ids = new List<string>();
        foreach (var (person, i) in people.Select((person, i) => (person, i)))
        {
            ids.Add((await person.ReviewAsync(title, 5, $"Text {i}")).Id());
            Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["Text 2", "Text 1", "Text 0"], await Portal.TextsAsync(title));
        foreach (var (reader, review) in new[] { (1, 0), (2, 0), (0, 1), (1, 0) })
            Assert.Equal(HttpStatusCode.NoContent, (await people[reader].Browser.PutAsync($"/api/reviews/{ids[review]}/helpful", null, Ct)).StatusCode);
        Assert.Equal(2, (await people[0].OwnAsync(title)).GetProperty("helpful").GetInt32());
        Assert.Equal(["Text 0", "Text 1", "Text 2"], await Portal.TextsAsync(title, "?sort=helpful"));
        var first = await Portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles/{title}/reviews?sort=helpful&limit=2", Ct);
        Assert.Equal(["Text 2"], await Portal.TextsAsync(title, $"?sort=helpful&limit=2&after={Uri.EscapeDataString(first.GetProperty("next").GetString()!)}"));
        Assert.Equal(HttpStatusCode.NoContent, (await people[1].Browser.DeleteAsync($"/api/reviews/{ids[0]}/helpful", Ct)).StatusCode);
        Assert.Equal(1, (await people[0].OwnAsync(title)).GetProperty("helpful").GetInt32());

        await Problems.IsAsync(await people[0].Browser.PutAsync($"/api/reviews/{ids[0]}/helpful", null, Ct), HttpStatusCode.Conflict, "review_own");
        await Problems.IsAsync(await people[0].ReportAsync(ids[0]), HttpStatusCode.Conflict, "review_own");
        await Problems.IsAsync(await people[0].ReportAsync("0123456789abcdef"), HttpStatusCode.NotFound, "review_not_found");
        await Problems.IsAsync(await people[0].ReportAsync(ids[1], "dislike"), HttpStatusCode.BadRequest, "report_reason_unknown");
        await Problems.IsAsync(await Portal.Anonymous.GetAsync($"/api/titles/{title}/reviews?sort=best", Ct), HttpStatusCode.BadRequest, "sort_unknown");
        await Problems.IsAsync(await Portal.Anonymous.GetAsync($"/api/titles/{title}/reviews?after=x", Ct), HttpStatusCode.BadRequest, "bad_cursor");
        foreach (var person in people) person.Dispose();
    }

    [Fact]
    public async Task What_nobody_sees_is_not_reviewed_nor_are_its_reviews_read()
    {
        var title = await reviewed.TitleAsync();
        using var ann = await Portal.ReviewerAsync("Withdrawn 1");
        var review = (await ann.ReviewAsync(title, 5, "It was here.")).Id();
        await reviewed.Studio.MoveAsync(title, "withdraw");
        await Problems.IsAsync(await Portal.Anonymous.GetAsync($"/api/titles/{title}/reviews", Ct), HttpStatusCode.NotFound, "title_not_found");
        await Problems.IsAsync(await Portal.Anonymous.GetAsync($"/api/titles/{title}/rating", Ct), HttpStatusCode.NotFound, "title_not_found");
        await Problems.IsAsync(await ann.AskToReviewAsync(title, 6), HttpStatusCode.NotFound, "title_not_found");
        using var bob = await Portal.ReviewerAsync();
        await Problems.IsAsync(await bob.ReportAsync(review), HttpStatusCode.NotFound, "review_not_found");
        Assert.Equal(JsonValueKind.Null, Assert.Single(await ann.ListAsync("/api/reviews")).GetProperty("title").ValueKind);
        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync($"/api/titles/{title}/review", Ct)).StatusCode);
    }

    [Fact]
    public async Task What_is_written_for_a_profile_while_it_is_deleted_goes_with_it()
    {
        var title = await reviewed.TitleAsync();
        using var ann = await Portal.ReviewerAsync();
        var (first, account) = ((await ann.ReadAsync("/api/profiles")).GetProperty("items")[0].Id(), (await ann.AccountAsync()).Id());
        await ann.EnterAsync(await ann.ProfileAsync(new { name = "Other" }));
        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync($"/api/profiles/{first}", Ct)).StatusCode);
        Assert.DoesNotContain(first, (await ann.ReadAsync("/api/profiles")).GetRawText(), StringComparison.Ordinal);

        // Another process had it in its cache.
        var late = new Profile { Id = first, AccountId = account, Place = 1, Content = new(), CreatedAt = default };
        await Portal.Services.GetRequiredService<ReviewStore>().PutAsync(late, title, before => ReviewMoves.Write(before, 8, null, false, Portal.Clock.GetUtcNow()), Ct);
        Assert.StartsWith("1 ", await Portal.RatingAsync(title), StringComparison.Ordinal);
        Portal.Clock.Advance(TimeSpan.FromMinutes(3));
        for (var sweeps = 0; sweeps < 2; sweeps++) await Portal.Services.GetRequiredService<ProfileSweep>().SweepAsync(Ct);
        Assert.StartsWith("0 ", await Portal.RatingAsync(title), StringComparison.Ordinal);
        Assert.Null(await Portal.Services.GetRequiredService<IDocuments>().Set(Profile.Schema).GetAsync(first, Ct));
    }

    [Fact]
    public async Task All_of_it_can_be_taken_away_and_goes_with_the_profile_and_with_the_account()
    {
        var title = await reviewed.TitleAsync();
        using var ann = await Portal.ReviewerAsync("Leaver 1");
        using var bob = await Portal.ReviewerAsync("Stayer 1");
        var stays = (await bob.ReviewAsync(title, 2, "I stay.")).Id();
        var goes = (await ann.ReviewAsync(title, 8, "I leave.")).Id();
        await ann.Browser.PutAsync($"/api/reviews/{stays}/helpful", null, Ct);
        await ann.ReportAsync(stays);
        await bob.Browser.PutAsync($"/api/reviews/{goes}/helpful", null, Ct);
        await ann.EnterAsync(await ann.ProfileAsync(new { name = "Other" }));
        await ann.NameAsync("Leaver 2");
        await ann.ReviewAsync(title, 6, "I leave first.");
        var account = (await ann.AccountAsync()).Id();
        var export = (await ann.ReadAsync("/api/accounts/me/export")).GetProperty("reviews").GetRawText();
        foreach (var told in new[] { "Leaver 1", "Leaver 2", "I leave.", "I leave first.", stays, "abuse" }) Assert.Contains(told, export, StringComparison.Ordinal);

        var other = (await ann.ReadAsync("/api/profiles")).GetProperty("items")[1].Id();
        Assert.Equal(HttpStatusCode.NoContent, (await ann.Browser.DeleteAsync($"/api/profiles/{other}", Ct)).StatusCode);
        Assert.Equal("2 5 [0,1,0,0,0,0,0,1,0,0]", await Portal.RatingAsync(title));
        Assert.Equal(HttpStatusCode.OK, (await ann.Browser.DeleteAsync("/api/accounts/me", Ct)).StatusCode);
        await Portal.Services.GetRequiredService<AccountSweep>().SweepAsync(Ct);
        Assert.Equal("1 2 [0,1,0,0,0,0,0,0,0,0]", await Portal.RatingAsync(title));
        Assert.Equal(0, (await bob.OwnAsync(title)).GetProperty("helpful").GetInt32());
        var documents = Portal.Services.GetRequiredService<IDocuments>();
        Assert.Null(await documents.Set(Review.Schema).GetAsync(goes, Ct));
        Assert.Equal(0, await documents.Set(HelpfulMark.Schema).CountAsync([DocumentFilter.In("review", [goes, stays])], Ct));
        var report = Assert.Single((await documents.Set(Report.Schema).QueryAsync(new() { Filters = [DocumentFilter.Equal("review", stays)] }, Ct)).Items);
        Assert.Equal(("", "abuse", null), (report.Value.AccountId, report.Value.Reason, report.Value.Note));
        Assert.DoesNotContain(account, report.Id, StringComparison.Ordinal);
        Assert.NotNull(await Portal.Services.GetRequiredService<NameStore>().SetAsync(new() { Id = "p", AccountId = "a", Place = 1, Content = new(), CreatedAt = default }, "Stayer 1", Ct));
        Assert.Null(await Portal.Services.GetRequiredService<NameStore>().SetAsync(new() { Id = "p", AccountId = "a", Place = 1, Content = new(), CreatedAt = default }, "Leaver 1", Ct));
    }
}
