using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Subscriptions;

public sealed class OwnerTests(PortalHost portal, LongTimes times) : IClassFixture<PortalHost>, IClassFixture<LongTimes>
{
    private static readonly string[] Basic = ["basic"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upgrade_takes_what_was_shown_and_holds_at_once()
    {
        using var person = await Person.RegisteredAsync(portal);
        await person.SubscribeAsync("basic");
        var shown = await person.Browser.GetFromJsonAsync<JsonElement>("/api/subscription/upgrade?planId=premium", Ct);
        var amount = shown.GetProperty("amount").GetProperty("amount").GetDecimal();
        Assert.Equal(5.00m, amount); // On the first day: the whole difference.
        await Problems.IsAsync(await UpgradeAsync(person, "premium", amount - 1), HttpStatusCode.Conflict, "upgrade_amount_changed");
        var upgraded = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => UpgradeAsync(person, "premium", amount)));
        Assert.All(upgraded, answer => Assert.True(answer.IsSuccessStatusCode));
        Assert.Equal(1080, (await EntitlementAsync(portal, person))?.MaxHeight);
        var invoices = await InvoicesAsync(person);
        Assert.Equal([5.00m, 7.99m], invoices.Select(invoice => invoice.GetProperty("total").GetProperty("amount").GetDecimal()));
        await Problems.IsAsync(await person.Browser.GetAsync("/api/subscription/upgrade?planId=basic", Ct), HttpStatusCode.Conflict, "plan_no_upgrade");
    }

    [Fact]
    public async Task What_was_shown_yesterday_is_not_charged_today()
    {
        var own = times.Host;
        using var person = await Person.RegisteredAsync(own);
        await person.SubscribeAsync("basic");
        own.Clock.Leap(TimeSpan.FromDays(10));
        await Problems.IsAsync(await UpgradeAsync(person, "premium", 5.00m), HttpStatusCode.Conflict, "upgrade_amount_changed");
        var shown = await person.Browser.GetFromJsonAsync<JsonElement>("/api/subscription/upgrade?planId=premium", Ct);
        Assert.InRange(shown.GetProperty("amount").GetProperty("amount").GetDecimal(), 3.20m, 3.60m);
        Assert.Equal(shown.GetProperty("amount").GetProperty("amount").GetDecimal(), shown.GetProperty("lines").EnumerateArray().Sum(line => line.GetProperty("amount").GetProperty("amount").GetDecimal()));
    }

    [Fact]
    public async Task Letters_bills_and_notifications_call_a_plan_by_the_name_that_it_has_then()
    {
        var own = times.Host;
        var content = new { name = "Weekend", maxHeight = 720, streams = 1, profiles = 1, prices = new[] { new { amount = 3.5m, currency = "USD" } } };
        using var made = await own.Admin.PutAsJsonAsync("/api/admin/plans/sat-sun", content, Ct);
        using var person = await Person.RegisteredAsync(own);
        var end = (await person.SubscribeAsync("sat-sun")).GetProperty("periodEnd").GetDateTimeOffset();
        using var renaming = new HttpRequestMessage(HttpMethod.Put, "/api/admin/plans/sat-sun") { Content = JsonContent.Create(content with { name = "Long weekend" }) };
        renaming.Headers.IfMatch.Add(made.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, (await own.Admin.SendAsync(renaming, Ct)).StatusCode);

        foreach (var now in new[] { end.AddDays(-1), end.AddMinutes(1) })
        {
            own.Clock.LeapTo(now);
            await own.Services.GetRequiredService<SubscriptionSweep>().SweepAsync(Ct);
        }

        await person.SignInAsync();
        Assert.Contains("your subscription (Long weekend) renews", await own.LetterAsync(person.Email, "Your subscription renews soon"));
        Assert.Equal(["Long weekend", "Weekend"], (await InvoicesAsync(person)).Select(invoice => invoice.GetProperty("lines")[0].GetProperty("text").GetString()));
        var told = (await person.Browser.GetFromJsonAsync<JsonElement>("/api/notifications", Ct)).GetProperty("items").EnumerateArray().ToList();
        Assert.All(told, one => Assert.Contains("(Long weekend)", one.GetProperty("text").GetString()));
        Assert.Equal(["renewalReminder", "renewed"], told.Select(one => one.GetProperty("kind").GetString()!).Order());
        var shown = await person.Browser.GetFromJsonAsync<JsonElement>("/api/subscription/upgrade?planId=premium", Ct);
        var lines = shown.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("text").GetString()!).ToList();
        Assert.StartsWith("Premium, ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Long weekend, ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bank_that_asks_is_shown_first_and_a_refusal_changes_nothing()
    {
        using var person = await Person.RegisteredAsync(portal);
        var begun = await person.BeginAsync("basic");
        await person.PayAsync(begun, "4000002760003184", isAuthenticated: true);
        await person.RefreshAsync();
        foreach (var isShown in new[] { false, true })
        {
            var asked = await UpgradeAsync(person, "family", 10.00m);
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
            var url = (await asked.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("payment").GetProperty("url").GetString()!;
            Assert.Equal(HttpStatusCode.NoContent, (await person.PostAsync($"/api{new Uri(url).AbsolutePath}", new { isShown })).StatusCode);
            Assert.Equal(isShown ? "family" : "basic", (await person.RefreshAsync()).GetProperty("plan").GetProperty("planId").GetString());
        }

        Assert.Equal("basic", Assert.Single((await InvoicesAsync(person))[1].GetProperty("lines").EnumerateArray()).GetProperty("text").GetString()!.ToLowerInvariant());
    }

    [Fact]
    public async Task A_declined_upgrade_leaves_the_plan_and_owes_nothing()
    {
        using var person = await Person.RegisteredAsync(portal);
        await person.SubscribeAsync("basic", card: "4000000000000341");
        await Problems.IsAsync(await UpgradeAsync(person, "premium", 5.00m), HttpStatusCode.PaymentRequired, "payment_declined");
        var now = await person.SubscriptionAsync();
        Assert.Equal(("basic", "active", JsonValueKind.Null), (now.GetProperty("plan").GetProperty("planId").GetString(), now.GetProperty("state").GetString(), now.GetProperty("payment").ValueKind));
        Assert.Single(await InvoicesAsync(person));
    }

    /// <summary>ASVS 5.0, 8.3.2.</summary>
    [Fact]
    public async Task V8_3_2_Another_content_of_a_plan_and_another_plan_bite_at_the_next_question()
    {
        var own = times.Host;
        using var person = await Person.RegisteredAsync(own);
        await person.SubscribeAsync("family");
        Assert.Equal(4, (await EntitlementAsync(own, person))?.Streams);
        using var plan = await own.Admin.GetAsync("/api/admin/plans/family", Ct);
        var content = (await plan.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("content").Deserialize<Dictionary<string, JsonElement>>()!;
        content["streams"] = JsonElement.Parse("3");
        using var put = new HttpRequestMessage(HttpMethod.Put, "/api/admin/plans/family") { Content = JsonContent.Create(content) };
        put.Headers.IfMatch.Add(plan.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, (await own.Admin.SendAsync(put, Ct)).StatusCode);
        Assert.Equal(3, (await EntitlementAsync(own, person))?.Streams);

        Assert.Equal(HttpStatusCode.OK, (await person.Browser.PutAsJsonAsync("/api/subscription/next-plan", new { planId = "basic" }, Ct)).StatusCode);
        Assert.Equal("family", (await EntitlementAsync(own, person))?.Plan);
        // With the trial's last moment, whether or not the schedule has run.
        own.Clock.Leap(TimeSpan.FromDays(7));
        Assert.Equal(new Entitlement("basic", 720, 1, 2), await EntitlementAsync(own, person));
    }

    [Fact]
    public async Task What_is_canceled_lasts_to_its_end_unless_it_is_resumed()
    {
        var own = times.Host;
        using var person = await Person.RegisteredAsync(own);
        await person.SubscribeAsync("basic");
        foreach (var isEnding in new[] { true, false, true })
        {
            var answer = await (await person.PostAsync(isEnding ? "/api/subscription/cancel" : "/api/subscription/resume", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
            Assert.Equal(isEnding, answer.GetProperty("isEnding").GetBoolean());
        }

        own.Clock.Leap(TimeSpan.FromDays(27));
        await own.Services.GetRequiredService<SubscriptionSweep>().SweepAsync(Ct);
        Assert.NotNull(await EntitlementAsync(own, person));
        own.Clock.Leap(TimeSpan.FromDays(4));
        Assert.Null(await EntitlementAsync(own, person));
        Assert.Equal(HttpStatusCode.OK, (await person.SignInAsync()).StatusCode);
        await Problems.IsAsync(await person.PostAsync("/api/subscription/resume", new { }), HttpStatusCode.NotFound, "subscription_not_found");
        await person.BeginAsync("basic");
    }

    [Fact]
    public async Task A_trial_is_given_once()
    {
        var own = times.Host;
        using var person = await Person.RegisteredAsync(own);
        Assert.Equal("trialing", (await person.SubscribeAsync("premium")).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.OK, (await person.PostAsync("/api/subscription/cancel", new { })).StatusCode);
        own.Clock.Leap(TimeSpan.FromDays(7.01));
        await own.Services.GetRequiredService<SubscriptionSweep>().SweepAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, (await person.SignInAsync()).StatusCode);
        Assert.Equal("active", (await person.SubscribeAsync("premium")).GetProperty("state").GetString());
        Assert.Equal(12.99m, Assert.Single(await InvoicesAsync(person)).GetProperty("total").GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task A_code_for_one_plan_lowers_no_other()
    {
        var own = times.Host;
        await own.Admin.PutAsJsonAsync("/api/admin/promo-codes/basic-free", new { percent = 100, planIds = Basic }, Ct);
        using var person = await Person.RegisteredAsync(own);
        var begun = await person.SubscribeAsync("basic", promoCode: "basic-free");
        Assert.Equal("BASIC-FREE", begun.GetProperty("discount").GetString());
        var upgraded = await (await UpgradeAsync(person, "family", 17.99m)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(("family", JsonValueKind.Null), (upgraded.GetProperty("plan").GetProperty("planId").GetString(), upgraded.GetProperty("discount").ValueKind));
        own.Clock.LeapTo(begun.GetProperty("periodEnd").GetDateTimeOffset());
        await own.Services.GetRequiredService<SubscriptionSweep>().SweepAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, (await person.SignInAsync()).StatusCode);
        Assert.Equal([17.99m, 17.99m, 0m], (await InvoicesAsync(person)).Select(invoice => invoice.GetProperty("total").GetProperty("amount").GetDecimal()));
        Assert.Equal("BASIC-FREE", (await person.ReadAsync("/api/accounts/me/export")).GetProperty("subscriptions").GetProperty("promoCodes")[0].GetString());
    }

    /// <summary>ASVS 5.0, 8.2.3.</summary>
    [Fact]
    public async Task V8_2_3_Nobody_sets_the_price_the_plan_or_the_state_of_their_subscription()
    {
        using var person = await Person.RegisteredAsync(portal);
        var body = new
        {
            planId = "basic", currency = "USD", price = new { amount = 0.01, currency = "USD" }, plan = new { planId = "family", price = new { amount = 0, currency = "USD" } },
            state = "active", trialDays = 90, accountId = "0123456789abcdef", discount = new { code = "X", percent = 100 }, period = new { end = "2100-01-01T00:00:00Z" },
        };
        var begun = await (await person.PostAsync("/api/subscription", body)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(("incomplete", "basic", 7.99m, JsonValueKind.Null), (
            begun.GetProperty("state").GetString(), begun.GetProperty("plan").GetProperty("planId").GetString(),
            begun.GetProperty("plan").GetProperty("price").GetProperty("amount").GetDecimal(), begun.GetProperty("discount").ValueKind));
        Assert.Equal(HttpStatusCode.OK, (await person.PostAsync(
            $"/api{new Uri(begun.GetProperty("checkoutUrl").GetString()!).AbsolutePath}", new { card = Subscriber.Good, amount = new { amount = 0, currency = "USD" }, state = "complete" })).StatusCode);
        await person.RefreshAsync();
        var upgraded = await (await person.PostAsync("/api/subscription/upgrade", new { planId = "premium", amount = 5.00m, price = 0, lines = Array.Empty<object>() })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(12.99m, upgraded.GetProperty("plan").GetProperty("price").GetProperty("amount").GetDecimal());
        Assert.Equal([5.00m, 7.99m], (await InvoicesAsync(person)).Select(invoice => invoice.GetProperty("total").GetProperty("amount").GetDecimal()));
    }

    /// <summary>ASVS 5.0, 8.2.2.</summary>
    [Fact]
    public async Task V8_2_2_Nobody_reaches_a_checkout_a_payment_or_an_invoice_of_another()
    {
        using var one = await Person.RegisteredAsync(portal);
        using var two = await Person.RegisteredAsync(portal);
        var begun = await one.BeginAsync("basic");
        await Problems.IsAsync(await two.PayAsync(begun), HttpStatusCode.NotFound, "checkout_not_found");
        await one.PayAsync(begun);
        await one.RefreshAsync();
        var payment = (await portal.Services.GetRequiredService<IDocuments>().Set(SandboxPayment.Schema).QueryAsync(
            new() { Filters = [DocumentFilter.Equal("subscription", begun.GetProperty("id").GetString())] }, Ct)).Items.Single();
        await Problems.IsAsync(await two.PostAsync($"/api/sandbox/payments/{payment.Id}", new { }), HttpStatusCode.NotFound, "payment_not_found");
        var page = (await InvoicesAsync(one))[0].GetProperty("url").GetString();
        await Problems.IsAsync(await two.Browser.GetAsync(page, Ct), HttpStatusCode.NotFound, "invoice_not_found");
        Assert.Empty(await InvoicesAsync(two));
        var html = await one.Browser.GetStringAsync(page, Ct);
        Assert.Contains(one.Email, html);
        Assert.Contains("7.99 USD", html);
    }

    [Fact]
    public async Task Profiles_are_as_many_as_the_plan_allows()
    {
        using var person = await Person.RegisteredAsync(portal);
        Assert.Equal(5, await MostAsync(person));
        await person.SubscribeAsync("basic");
        Assert.Equal(2, await MostAsync(person));
        Assert.Equal(HttpStatusCode.Created, (await person.PostAsync("/api/profiles", new { name = "Two" })).StatusCode);
        await Problems.IsAsync(await person.PostAsync("/api/profiles", new { name = "Three" }), HttpStatusCode.Conflict, "profile_limit_reached");
    }

    [Fact]
    public async Task Of_an_account_that_goes_the_subscription_ends_and_invoices_stay_without_the_person()
    {
        using var person = await Person.RegisteredAsync(portal);
        var subscription = await person.SubscribeAsync("basic");
        Assert.Contains(subscription.GetProperty("id").GetString()!, await person.Browser.GetStringAsync("/api/accounts/me/export", Ct));
        var account = (await person.AccountAsync()).GetProperty("id").GetString()!;
        foreach (var slice in portal.Services.GetServices<IPersonalData>().OfType<SubscriptionData>()) await slice.DeleteAsync(account, Ct);
        Assert.Null(await EntitlementAsync(portal, person));
        var page = await person.Browser.GetStringAsync((await InvoicesAsync(person))[0].GetProperty("url").GetString(), Ct);
        Assert.DoesNotContain(person.Email, page);
        Assert.Contains("7.99 USD", page);
    }

    private static Task<HttpResponseMessage> UpgradeAsync(Person person, string planId, decimal amount) =>
        person.PostAsync("/api/subscription/upgrade", new { planId, amount });

    private static async Task<List<JsonElement>> InvoicesAsync(Person person) =>
        [.. (await person.Browser.GetFromJsonAsync<JsonElement>("/api/invoices", Ct)).GetProperty("items").EnumerateArray()];

    private static async Task<int> MostAsync(Person person) => (await person.Browser.GetFromJsonAsync<JsonElement>("/api/profiles", Ct)).GetProperty("most").GetInt32();

    private static async Task<Entitlement?> EntitlementAsync(PortalHost host, Person person) =>
        await host.Services.GetRequiredService<IEntitlements>().OfAsync((await person.AccountAsync()).GetProperty("id").GetString()!, Ct);
}
