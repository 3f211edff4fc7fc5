using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Subscriptions;

public sealed class AdministrationTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static readonly string[] Family = ["family"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plans_are_changed_by_who_has_seen_them_last_and_that_is_told()
    {
        var content = new { name = "Student", maxHeight = 720, streams = 1, profiles = 1, trialDays = 30, prices = new[] { new { amount = 3.5m, currency = "EUR" } } };
        var made = await portal.Admin.PutAsJsonAsync("/api/admin/plans/student", content, Ct);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await Problems.IsAsync(await portal.Admin.PutAsJsonAsync("/api/admin/plans/student", content, Ct), (HttpStatusCode)428, "if_match_needed");
        var changed = await PutAsync("/api/admin/plans/student", content with { streams = 2 }, made.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await Problems.IsAsync(await PutAsync("/api/admin/plans/student", content, made.Headers.ETag.ToString()), HttpStatusCode.PreconditionFailed, "plan_changed");
        Assert.Contains("plan_changed", await portal.Admin.GetStringAsync("/api/audit?subject=plan:student", Ct));
        using var anybody = portal.Anonymous;
        var offer = (await anybody.GetFromJsonAsync<JsonElement>("/api/plans", Ct)).GetProperty("items").EnumerateArray().Single(plan => plan.GetProperty("id").GetString() == "student");
        Assert.Equal((2, 3.50m), (offer.GetProperty("streams").GetInt32(), offer.GetProperty("prices")[0].GetProperty("amount").GetDecimal()));
    }

    [Theory]
    [InlineData("x", "{}", "plan_id_invalid")]
    [InlineData("ok", """{"name":""}""", "plan_name_invalid")]
    [InlineData("ok", """{"name":"A","maxHeight":720,"streams":0,"profiles":1}""", "plan_limits_invalid")]
    [InlineData("ok", """{"name":"A","maxHeight":720,"streams":1,"profiles":1,"prices":[]}""", "plan_prices_invalid")]
    [InlineData("ok", """{"name":"A","maxHeight":720,"streams":1,"profiles":1,"prices":[{"amount":9.5,"currency":"JPY"}]}""", "plan_prices_invalid")]
    [InlineData("ok", """{"name":"A","maxHeight":720,"streams":1,"profiles":1,"prices":[{"amount":7e28,"currency":"USD"}]}""", "plan_prices_invalid")]
    [InlineData("ok", """{"name":"A","maxHeight":720,"streams":1,"profiles":1,"prices":[{"amount":1000000,"currency":"USD"}]}""", "plan_prices_invalid")]
    [InlineData("ok", """{"name":"A","maxHeight":720,"streams":1,"profiles":1,"prices":[{"amount":-1,"currency":"USD"}]}""", "plan_prices_invalid")]
    [InlineData("ok", """{"name":"A","maxHeight":720,"streams":1,"profiles":1,"prices":[{"amount":1,"currency":"USD"},{"amount":2,"currency":"USD"}]}""", "plan_prices_invalid")]
    public async Task What_is_no_plan_is_refused(string id, string body, string code) => await Problems.IsAsync(
        await portal.Admin.PutAsync($"/api/admin/plans/{id}", new StringContent(body, null, "application/json"), Ct), HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task A_code_lowers_so_many_charges_for_so_many_accounts_once_each()
    {
        Assert.Equal(HttpStatusCode.Created, (await portal.Admin.PutAsJsonAsync("/api/admin/promo-codes/half", new { percent = 50, periods = 1, limit = 2 }, Ct)).StatusCode);
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Person.RegisteredAsync(portal)));
        var answers = await Task.WhenAll(people.Select(person => person.PostAsync("/api/subscription", new { planId = "basic", currency = "USD", promoCode = "Half " })));
        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created)) await Problems.IsAsync(refused, HttpStatusCode.Conflict, "promo_code_used_up");

        var winner = people[Array.FindIndex(answers, answer => answer.StatusCode == HttpStatusCode.Created)];
        var paid = await winner.PostAsync("/api/subscription", new { planId = "basic", currency = "USD", promoCode = "HALF" });
        await winner.PayAsync(await paid.Content.ReadFromJsonAsync<JsonElement>(Ct));
        Assert.Equal(JsonValueKind.Null, (await winner.RefreshAsync()).GetProperty("discount").ValueKind);
        var invoice = (await winner.Browser.GetFromJsonAsync<JsonElement>("/api/invoices", Ct)).GetProperty("items")[0];
        Assert.Equal(4.00m, invoice.GetProperty("total").GetProperty("amount").GetDecimal());
        Assert.Equal(2, invoice.GetProperty("lines").GetArrayLength());
        foreach (var person in people) person.Dispose();
    }

    [Fact]
    public async Task A_place_that_was_held_and_not_paid_is_given_to_another()
    {
        await using var own = await LongTimes.StartAsync();
        await own.Admin.PutAsJsonAsync("/api/admin/promo-codes/free", new { percent = 100, limit = 1 }, Ct);
        using var one = await Person.RegisteredAsync(own);
        using var two = await Person.RegisteredAsync(own);
        await one.BeginAsync("basic", promoCode: "free");
        await Problems.IsAsync(await two.PostAsync("/api/subscription", new { planId = "basic", currency = "USD", promoCode = "free" }), HttpStatusCode.Conflict, "promo_code_used_up");
        own.Clock.Leap(TimeSpan.FromHours(25));
        for (var sweeps = 0; sweeps < 2; sweeps++) await own.Services.GetRequiredService<Portal.Subscriptions.SubscriptionSweep>().SweepAsync(Ct);
        var end = (await two.SubscribeAsync("basic", promoCode: "free")).GetProperty("periodEnd").GetDateTimeOffset();

        // What is free for ever renews without a charge.
        own.Clock.LeapTo(end.AddHours(1));
        await own.Services.GetRequiredService<Portal.Subscriptions.SubscriptionSweep>().SweepAsync(Ct);
        await two.SignInAsync();
        Assert.Equal(end, (await two.SubscriptionAsync()).GetProperty("periodStart").GetDateTimeOffset());
        Assert.Equal([0m, 0m], (await two.Browser.GetFromJsonAsync<JsonElement>("/api/invoices", Ct)).GetProperty("items").EnumerateArray().Select(invoice => invoice.GetProperty("total").GetProperty("amount").GetDecimal()));
    }

    [Fact]
    public async Task Support_prints_an_invoice_and_cancels_for_somebody_and_that_is_told()
    {
        using var person = await Person.RegisteredAsync(portal);
        await person.SubscribeAsync("basic");
        var id = (await portal.Admin.GetFromJsonAsync<JsonElement>($"/api/users?email={person.Email}", Ct)).GetProperty("items")[0].GetProperty("id").GetString();
        var invoice = (await person.Browser.GetFromJsonAsync<JsonElement>("/api/invoices", Ct)).GetProperty("items")[0];
        var page = await portal.Admin.GetStringAsync($"/api/admin/invoices/{invoice.GetProperty("number").GetInt64()}/page", Ct);
        Assert.Equal(await person.Browser.GetStringAsync(invoice.GetProperty("url").GetString(), Ct), page);
        await Problems.IsAsync(await portal.Admin.GetAsync("/api/admin/invoices/99999/page", Ct), HttpStatusCode.NotFound, "invoice_not_found");

        using var canceled = await portal.Admin.PostAsync($"/api/users/{id}/subscription/cancel", null, Ct);
        Assert.Equal(HttpStatusCode.OK, canceled.StatusCode);
        var now = await person.SubscriptionAsync();
        Assert.Equal(("active", true), (now.GetProperty("state").GetString(), now.GetProperty("isEnding").GetBoolean()));
        await Problems.IsAsync(await portal.Admin.PostAsync("/api/users/nobody/subscription/cancel", null, Ct), HttpStatusCode.NotFound, "subscription_not_found");
        var told = await portal.Admin.GetStringAsync($"/api/audit?subject=account:{id}", Ct);
        Assert.Contains("invoice_printed", told);
        Assert.Contains("subscription_canceled", told);
    }

    [Fact]
    public async Task The_ledger_is_listed_by_time_from_either_end()
    {
        await using var own = await LongTimes.StartAsync();
        using var one = await Person.RegisteredAsync(own);
        using var two = await Person.RegisteredAsync(own);
        await one.SubscribeAsync("basic");
        own.Clock.Advance(TimeSpan.FromHours(1));
        var between = Uri.EscapeDataString(own.Clock.GetUtcNow().ToString("O"));
        await two.SubscribeAsync("basic");
        Assert.Equal([.. (await TimesAsync("")).Order()], await TimesAsync("?sort=oldest"));
        Assert.Equal([.. (await TimesAsync("")).OrderDescending()], await TimesAsync("?sort=newest"));
        Assert.Equal((2, 2, 4), ((await TimesAsync($"?from={between}")).Count, (await TimesAsync($"?until={between}")).Count, (await TimesAsync("")).Count));
        await Problems.IsAsync(await own.Admin.GetAsync("/api/admin/ledger?sort=size", Ct), HttpStatusCode.BadRequest, "sort_unknown");

        async Task<List<DateTimeOffset>> TimesAsync(string query) => [.. (await own.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/ledger{query}", Ct))
            .GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("at").GetDateTimeOffset())];
    }

    [Fact]
    public async Task Whoever_has_a_subscription_takes_no_place_of_a_code()
    {
        await portal.Admin.PutAsJsonAsync("/api/admin/promo-codes/last", new { percent = 50, limit = 1 }, Ct);
        using var one = await Person.RegisteredAsync(portal);
        using var two = await Person.RegisteredAsync(portal);
        await one.SubscribeAsync("basic");
        await Problems.IsAsync(
            await one.PostAsync("/api/subscription", new { planId = "basic", currency = "USD", promoCode = "last" }), HttpStatusCode.Conflict, "subscription_exists");
        Assert.Equal("incomplete", (await two.BeginAsync("basic", promoCode: "last")).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("nope", HttpStatusCode.NotFound, "promo_code_unknown")]
    [InlineData("old", HttpStatusCode.NotFound, "promo_code_unknown")]
    [InlineData("yen", HttpStatusCode.Conflict, "promo_code_not_for_plan")]
    [InlineData("family", HttpStatusCode.Conflict, "promo_code_not_for_plan")]
    public async Task A_code_that_is_not_good_here_begins_nothing(string promoCode, HttpStatusCode status, string code)
    {
        await portal.Admin.PutAsJsonAsync("/api/admin/promo-codes/old", new { percent = 10, expiresAt = portal.Clock.GetUtcNow() }, Ct);
        await portal.Admin.PutAsJsonAsync("/api/admin/promo-codes/yen", new { amount = new { amount = 100, currency = "JPY" } }, Ct);
        await portal.Admin.PutAsJsonAsync("/api/admin/promo-codes/family", new { percent = 10, planIds = Family }, Ct);
        using var person = await Person.RegisteredAsync(portal);
        await Problems.IsAsync(await person.PostAsync("/api/subscription", new { planId = "basic", currency = "USD", promoCode }), status, code);
        await Problems.IsAsync(await person.Browser.GetAsync("/api/subscription", Ct), HttpStatusCode.NotFound, "subscription_not_found");
    }

    [Theory]
    [InlineData("x", "{}", "promo_code_invalid")]
    [InlineData("good", "{}", "promo_content_invalid")]
    [InlineData("good", """{"percent":101}""", "promo_content_invalid")]
    [InlineData("good", """{"percent":10,"amount":{"amount":1,"currency":"USD"}}""", "promo_content_invalid")]
    [InlineData("good", """{"amount":{"amount":1.5,"currency":"JPY"}}""", "promo_content_invalid")]
    [InlineData("good", """{"amount":{"amount":7e28,"currency":"USD"}}""", "promo_content_invalid")]
    [InlineData("good", """{"amount":{"amount":1,"currency":"XXX"}}""", "promo_content_invalid")]
    [InlineData("good", """{"percent":10,"periods":0}""", "promo_content_invalid")]
    public async Task What_is_no_code_is_refused(string promo, string body, string code) => await Problems.IsAsync(
        await portal.Admin.PutAsync($"/api/admin/promo-codes/{promo}", new StringContent(body, null, "application/json"), Ct), HttpStatusCode.BadRequest, code);

    private async Task<HttpResponseMessage> PutAsync(string path, object content, string seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(content) };
        request.Headers.Add("If-Match", seen);
        return await portal.Admin.SendAsync(request, Ct);
    }
}
