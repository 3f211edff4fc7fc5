using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Features;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Reviews;

namespace FlickStream.Portal.Tests.Administration;

public sealed class FeatureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feature_is_switched_for_all_for_some_and_for_one_on_every_node()
    {
        await using var one = await PortalHost.StartAsync(new() { ["Reviews:OnlyWatched"] = "false" }, isOfMany: true);
        await using var two = await PortalHost.StartAsync(new() { ["Reviews:OnlyWatched"] = "false" }, beside: one);
        using var studio = await Studio.OfAsync(one);
        var title = await studio.PublishAsync(Studio.Movie("Switched"));
        using var ann = await one.ReviewerAsync();
        await ann.ReviewAsync(title, 5);
        Assert.Contains("reviews", await OnAsync(two.Anonymous));
        Assert.Equal(HttpStatusCode.OK, (await SwitchAsync(one, "reviews", new { percent = 0 }, "\"r0\"")).StatusCode);
        await Problems.IsAsync(await ann.AskToReviewAsync(title, 6), HttpStatusCode.Forbidden, "feature_off");
        Assert.DoesNotContain("reviews", await OnAsync(ann.Browser));
        Assert.StartsWith("1 5 ", await one.RatingAsync(title), StringComparison.Ordinal);

        // Elsewhere it holds when what was read before is forgotten.
        one.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.DoesNotContain("reviews", await OnAsync(two.Anonymous));
        var id = (await ann.AccountAsync()).GetProperty("id").GetString()!;
        await Problems.IsAsync(await SwitchAsync(two, "reviews", new { percent = 0 }, "\"r0\""), HttpStatusCode.PreconditionFailed, "feature_changed");
        Assert.Equal(HttpStatusCode.OK, (await SwitchAsync(two, "reviews", new { percent = 0, accounts = new Dictionary<string, bool> { [id] = true } }, "\"r1\"")).StatusCode);
        one.Clock.Advance(TimeSpan.FromSeconds(6));
        await ann.ReviewAsync(title, 6);
        Assert.DoesNotContain("reviews", await OnAsync(one.Anonymous));

        var all = (await one.Admin.GetFromJsonAsync<JsonElement>("/api/admin/features", Ct)).GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("name").GetString()!);
        Assert.Equal((2, 0), (all["reviews"].GetProperty("revision").GetInt32(), all["sharing"].GetProperty("revision").GetInt32()));
        var told = (await one.Admin.GetFromJsonAsync<JsonElement>("/api/audit?subject=feature:reviews", Ct)).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("detail").GetString());
        Assert.Equal(["0 %, 1 accounts", "0 %, 0 accounts", "0 %, 0 accounts"], told);

        await Problems.IsAsync(await SwitchAsync(one, "nothing", new { percent = 1 }), HttpStatusCode.NotFound, "feature_not_found");
        await Problems.IsAsync(await SwitchAsync(one, "sharing", new { percent = 101 }), HttpStatusCode.BadRequest, "feature_rule_invalid");
        // It would be off for all, because one was left out.
        Assert.Equal(HttpStatusCode.BadRequest, (await SwitchAsync(one, "sharing", new { accounts = new Dictionary<string, bool> { [id] = false } })).StatusCode);
        await Problems.IsAsync(await SwitchAsync(one, "sharing", new { percent = 1 }, null), HttpStatusCode.PreconditionRequired, "if_match_needed");
    }

    [Fact]
    public void A_share_of_accounts_grows_and_nobody_in_it_leaves()
    {
        var accounts = Enumerable.Range(0, 2000).Select(i => $"account {i}").ToList();
        List<string> before = [];
        foreach (var percent in new[] { 0, 10, 50, 100 })
        {
            var rule = new FeatureRule { Percent = percent };
            var now = accounts.Where(account => rule.IsOnFor("a", account)).ToList();
            Assert.InRange(now.Count, 20 * percent * 0.8, 20 * percent * 1.2);
            Assert.Empty(before.Except(now));
            before = now;
        }

        var half = new FeatureRule { Percent = 50 };
        Assert.InRange(accounts.Count(account => half.IsOnFor("a", account) && half.IsOnFor("b", account)), 400, 600);
        Assert.False(half.IsOnFor("a", null));
    }

    private static async Task<IReadOnlyList<string>> OnAsync(HttpClient client) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/api/features", Ct)).GetProperty("on").EnumerateArray().Select(name => name.GetString()!)];

    private static Task<HttpResponseMessage> SwitchAsync(PortalHost portal, string name, object rule, string? ifMatch = "*")
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/admin/features/{name}") { Content = JsonContent.Create(rule) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return portal.Admin.SendAsync(request, Ct);
    }
}
