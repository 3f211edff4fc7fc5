using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Ledger;
using FlickStream.Portal.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Subscriptions;

public sealed class CheckoutTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_pays_may_watch_by_the_plan_at_once()
    {
        using var person = await Person.RegisteredAsync(portal);
        var begun = await person.BeginAsync("basic");
        Assert.Equal("incomplete", begun.GetProperty("state").GetString());
        Assert.Null(await EntitlementAsync(person));
        Assert.Equal(HttpStatusCode.OK, (await person.PayAsync(begun)).StatusCode);
        Assert.Equal("active", (await person.RefreshAsync()).GetProperty("state").GetString());
        Assert.Equal(new Entitlement("basic", 720, 1, 2), await EntitlementAsync(person));
    }

    [Fact]
    public async Task A_trial_is_free()
    {
        using var person = await Person.RegisteredAsync(portal);
        var trial = await person.SubscribeAsync("premium");
        Assert.Equal("trialing", trial.GetProperty("state").GetString());
        Assert.Equal(trial.GetProperty("periodStart").GetDateTimeOffset().AddDays(7), trial.GetProperty("periodEnd").GetDateTimeOffset());
        Assert.NotNull(await EntitlementAsync(person));
        Assert.Empty(await LedgerAsync(trial));
    }

    /// <summary>ASVS 5.0, 15.4.2.</summary>
    [Fact]
    public async Task V15_4_2_Of_twenty_checkouts_at_once_one_subscription_and_one_charge_come()
    {
        using var person = await Person.RegisteredAsync(portal);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => person.PostAsync("/api/subscription", new { planId = "basic", currency = "USD" })));
        var begun = await Task.WhenAll(answers.Select(answer => answer.Content.ReadFromJsonAsync<JsonElement>(Ct)));
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        Assert.Single(begun.Select(subscription => subscription.GetProperty("id").GetString()).Distinct());

        var paid = await Task.WhenAll(begun.Select(subscription => person.PayAsync(subscription)));
        Assert.All(paid, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => person.RefreshAsync()));
        var entries = await LedgerAsync(begun[0]);
        Assert.Equal(7.99m, entries.SelectMany(entry => entry.Postings).Where(posting => posting.Account == "cash:sandbox").Sum(posting => posting.Amount.Amount));
        Assert.Equal(1, await PaymentsAsync(begun[0]));
        await Problems.IsAsync(await person.PostAsync("/api/subscription", new { planId = "basic", currency = "USD" }), HttpStatusCode.Conflict, "subscription_exists");
    }

    [Theory]
    [InlineData("""{"planId":"none","currency":"USD"}""", HttpStatusCode.NotFound, "plan_not_found")]
    [InlineData("""{"planId":"basic","currency":"XXX"}""", HttpStatusCode.BadRequest, "plan_currency_unknown")]
    [InlineData("""{"planId":"basic"}""", HttpStatusCode.BadRequest, "plan_currency_unknown")]
    [InlineData("""{"planId":{"$ne":""},"currency":"USD"}""", HttpStatusCode.BadRequest, "bad_request")]
    public async Task What_cannot_be_subscribed_to_is_refused(string body, HttpStatusCode status, string code)
    {
        using var person = await Person.RegisteredAsync(portal);
        await Problems.IsAsync(await person.Browser.PostAsync("/api/subscription", new StringContent(body, null, "application/json"), Ct), status, code);
        await Problems.IsAsync(await person.Browser.GetAsync("/api/subscription", Ct), HttpStatusCode.NotFound, "subscription_not_found");
    }

    [Fact]
    public async Task A_card_that_is_declined_can_be_followed_by_another()
    {
        using var person = await Person.RegisteredAsync(portal);
        var begun = await person.BeginAsync("basic", "JPY");
        await Problems.IsAsync(await person.PayAsync(begun, "4000000000000002"), HttpStatusCode.PaymentRequired, "card_declined");
        await Problems.IsAsync(await person.PayAsync(begun, "4000002760003184"), HttpStatusCode.PaymentRequired, "authentication_needed");
        Assert.Equal(HttpStatusCode.OK, (await person.PayAsync(begun, "4000002760003184", isAuthenticated: true)).StatusCode);
        Assert.Equal("active", (await person.RefreshAsync()).GetProperty("state").GetString());
        Assert.Equal(890m, (await LedgerAsync(begun))[0].Postings[0].Amount.Amount);
    }

    [Fact]
    public async Task Another_choice_takes_the_place_of_one_that_was_not_paid()
    {
        using var person = await Person.RegisteredAsync(portal);
        var first = await person.BeginAsync("basic");
        var second = await person.BeginAsync("basic", "EUR");
        Assert.NotEqual(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        await Problems.IsAsync(await person.PayAsync(first), HttpStatusCode.Conflict, "checkout_over");
        Assert.Equal(HttpStatusCode.OK, (await person.PayAsync(second)).StatusCode);
        Assert.Equal("active", (await person.RefreshAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Whoever_asks_too_often_waits()
    {
        await using var own = await PortalHost.StartAsync(new() { ["Subscriptions:RequestsPerMinute"] = "2" });
        using var person = await Person.RegisteredAsync(own);
        await person.BeginAsync("basic");
        await person.RefreshAsync();
        await Problems.IsAsync(await person.PostAsync("/api/subscription/cancel", new { }), HttpStatusCode.TooManyRequests, "rate_limited");
        using var another = await Person.RegisteredAsync(own);
        await another.BeginAsync("basic");
    }

    private async Task<Entitlement?> EntitlementAsync(Person person) =>
        await portal.Services.GetRequiredService<IEntitlements>().OfAsync((await person.AccountAsync()).GetProperty("id").GetString()!, Ct);

    private async Task<IReadOnlyList<LedgerEntry>> LedgerAsync(JsonElement subscription) =>
    [
        .. (await portal.Services.GetRequiredService<LedgerBook>().ListAsync(new(subscription.GetProperty("id").GetString()), false, 1000, null, Ct)).Items.Select(item => item.Value),
    ];

    private async Task<long> PaymentsAsync(JsonElement subscription) => await portal.Services.GetRequiredService<IDocuments>()
        .Set(SandboxPayment.Schema)
        .CountAsync([DocumentFilter.Equal("subscription", subscription.GetProperty("id").GetString())], Ct);
}
