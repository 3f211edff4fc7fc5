using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Gateways.Webhooks;
using FlickStream.Portal.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>What the schedule does, a sweep at a time.</summary>
public sealed class RenewalTests(LongTimes times) : IClassFixture<LongTimes>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_renewal_is_announced_once_and_charged_once_by_however_many_nodes()
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        var letters = await host.LettersAsync(person.Email);
        var end = (await person.SubscribeAsync("basic")).GetProperty("periodEnd").GetDateTimeOffset();
        host.Clock.LeapTo(end.AddDays(-2));
        await SweepsAsync(host);
        await SweepsAsync(host);
        Assert.Equal(letters + 1, await host.LettersAsync(person.Email));
        Assert.Contains("7.99 USD", await host.LetterAsync(person.Email, "Your subscription renews soon"));

        host.Clock.LeapTo(end.AddHours(5));
        await SweepsAsync(host);
        var renewed = await SubscriptionAsync(host, person);
        Assert.Equal((end, "active"), (renewed.GetProperty("periodStart").GetDateTimeOffset(), renewed.GetProperty("state").GetString()));
        Assert.Equal(15.98m, await CashAsync(host, person));
    }

    [Theory]
    [InlineData("Asia/Tokyo", 0)]
    [InlineData("America/Lima", 14)]
    public async Task A_renewal_is_announced_at_nine_by_the_clock_that_its_owner_has_by_then(string zone, int utcHour)
    {
        await using var host = await LongTimes.StartAsync();
        using var person = await Person.RegisteredAsync(host);
        var end = (await person.SubscribeAsync("basic")).GetProperty("periodEnd").GetDateTimeOffset();
        Assert.Equal(HttpStatusCode.OK, (await person.Browser.PatchAsJsonAsync("/api/accounts/me", new { timeZone = zone }, Ct)).StatusCode);
        var letters = await host.LettersAsync(person.Email);
        var nine = new DateTimeOffset(end.UtcDateTime.Date.AddDays(-3).AddHours(utcHour), TimeSpan.Zero);
        foreach (var (minutes, more) in new[] { (-1500, 0), (-1, 0), (1, 1) })
        {
            host.Clock.LeapTo(nine.AddMinutes(minutes));
            await SweepsAsync(host);
            Assert.Equal((minutes, letters + more), (minutes, await host.LettersAsync(person.Email)));
        }
    }

    [Fact]
    public async Task A_soft_decline_is_tried_again_within_the_grace_and_after_it_until_it_ends()
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        var end = (await person.SubscribeAsync("basic", card: "4000000000000341")).GetProperty("periodEnd").GetDateTimeOffset();
        foreach (var (days, state, isEntitled) in new[] { (0, "pastDue", true), (3, "pastDue", true), (6.9, "pastDue", true), (7.1, "unpaid", false), (14.5, "unpaid", false) })
        {
            host.Clock.LeapTo(end.AddDays(days).AddMinutes(1));
            await SweepsAsync(host);
            var now = await SubscriptionAsync(host, person);
            Assert.Equal((days, state, isEntitled), (days, now.GetProperty("state").GetString(), now.GetProperty("isEntitled").GetBoolean()));
        }

        Assert.Contains("could not be charged 7.99 USD", await host.LetterAsync(person.Email, "Your payment failed"));
        host.Clock.LeapTo(end.AddDays(15.1));
        await SweepsAsync(host);
        await Problems.IsAsync(await person.Browser.GetAsync("/api/subscription", Ct), HttpStatusCode.NotFound, "subscription_not_found");
        Assert.Equal(7.99m, await CashAsync(host, person));
    }

    [Theory]
    [InlineData("4000000000000341", true)]
    [InlineData("4000002760003184", false)]
    public async Task A_decline_is_tried_again_only_where_that_may_help_and_another_card_pays_at_once(string card, bool isSoft)
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        var begun = await person.BeginAsync("basic");
        await person.PayAsync(begun, card, isAuthenticated: true);
        var end = (await person.RefreshAsync()).GetProperty("periodEnd").GetDateTimeOffset();
        host.Clock.LeapTo(end.AddMinutes(1));
        await SweepsAsync(host);
        var payment = (await SubscriptionAsync(host, person)).GetProperty("payment");
        Assert.Equal(isSoft, payment.GetProperty("nextTryAt").ValueKind == JsonValueKind.String);

        var opened = await (await person.PostAsync("/api/subscription/card", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(HttpStatusCode.OK, (await person.PayAsync(opened)).StatusCode);
        var paid = await person.RefreshAsync();
        Assert.Equal(("active", JsonValueKind.Null), (paid.GetProperty("state").GetString(), paid.GetProperty("payment").ValueKind));
        Assert.Equal(15.98m, await CashAsync(host, person));
    }

    [Fact]
    public async Task A_charge_whose_answer_is_lost_is_made_once()
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        var end = (await person.SubscribeAsync("basic", card: "4000000000000119")).GetProperty("periodEnd").GetDateTimeOffset();
        host.Clock.LeapTo(end.AddMinutes(1));
        await SweepsAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(3));
        await SweepsAsync(host);
        Assert.Equal("active", (await SubscriptionAsync(host, person)).GetProperty("state").GetString());
        Assert.Equal(15.98m, await CashAsync(host, person));
    }

    [Fact]
    public async Task After_a_long_silence_only_the_present_month_is_charged()
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        var end = (await person.SubscribeAsync("basic")).GetProperty("periodEnd").GetDateTimeOffset();
        host.Clock.LeapTo(end.AddDays(100));
        await SweepsAsync(host);
        var now = await SubscriptionAsync(host, person);
        Assert.InRange(host.Clock.GetUtcNow(), now.GetProperty("periodStart").GetDateTimeOffset(), now.GetProperty("periodEnd").GetDateTimeOffset());
        Assert.Equal(15.98m, await CashAsync(host, person));
    }

    [Fact]
    public async Task A_trial_without_a_card_pauses_until_there_is_one()
    {
        await using var host = await LongTimes.StartAsync(new() { ["Subscriptions:TrialNeedsCard"] = "false" });
        using var person = await Person.RegisteredAsync(host);
        Assert.Equal("trialing", (await person.BeginAsync("premium")).GetProperty("state").GetString());
        host.Clock.Leap(TimeSpan.FromDays(5));
        await SweepsAsync(host);
        Assert.Contains("nothing is charged", await host.LetterAsync(person.Email, "Your trial ends soon"));
        host.Clock.Leap(TimeSpan.FromDays(2.01));
        await SweepsAsync(host);
        Assert.Contains("cannot watch", await host.LetterAsync(person.Email, "Your trial has ended"));
        var paused = await SubscriptionAsync(host, person);
        Assert.Equal(("paused", false), (paused.GetProperty("state").GetString(), paused.GetProperty("isEntitled").GetBoolean()));
        var opened = await (await person.PostAsync("/api/subscription/card", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        await person.PayAsync(opened);
        var active = await person.RefreshAsync();
        Assert.Equal(("active", host.Clock.GetUtcNow()), (active.GetProperty("state").GetString(), active.GetProperty("periodStart").GetDateTimeOffset()));
        Assert.Equal(12.99m, await CashAsync(host, person));
        var told = (await person.Browser.GetFromJsonAsync<JsonElement>("/api/notifications", Ct)).GetProperty("items").EnumerateArray();
        Assert.Equal(["renewed", "trialEnded", "trialEnding"], told.Select(one => one.GetProperty("kind").GetString()!).Order());
    }

    [Fact]
    public async Task Whose_first_card_after_a_pause_is_declined_is_told_once_that_they_cannot_watch()
    {
        await using var host = await LongTimes.StartAsync(new() { ["Subscriptions:TrialNeedsCard"] = "false" });
        using var person = await Person.RegisteredAsync(host);
        await person.BeginAsync("premium");
        host.Clock.Leap(TimeSpan.FromDays(7.01));
        await SweepsAsync(host);
        await person.SignInAsync();
        var letters = await host.LettersAsync(person.Email);
        var opened = await (await person.PostAsync("/api/subscription/card", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        await person.PayAsync(opened, "4000000000000341");
        var payment = (await person.RefreshAsync()).GetProperty("payment");
        Assert.Equal(JsonValueKind.Null, payment.GetProperty("watchUntil").ValueKind);
        Assert.DoesNotContain("can watch until", await host.LetterAsync(person.Email, "Your payment failed"));
        Assert.Equal(letters + 1, await host.LettersAsync(person.Email));
    }

    [Fact]
    public async Task A_checkout_that_nobody_finishes_ends_after_23_hours_and_one_whose_webhook_is_lost_is_found()
    {
        var host = times.Host;
        using var left = await Person.RegisteredAsync(host);
        using var paid = await Person.RegisteredAsync(host);
        await left.BeginAsync("basic");
        var begun = await paid.BeginAsync("basic");
        var (counter, id) = (host.Services.GetRequiredService<SandboxCounter>(), new Uri(begun.GetProperty("checkoutUrl").GetString()!).Segments[^1]);
        await counter.PayAsync((await counter.FindCheckoutAsync(id, Ct))!, Subscriber.Good, Ct);
        await foreach (var told in host.Services.GetRequiredService<SandboxEvents>().DueAsync(Ct))
            await host.Services.GetRequiredService<SandboxEvents>().DoneAsync(told, Ct);
        host.Clock.Advance(TimeSpan.FromMinutes(16));
        await SweepsAsync(host);
        Assert.Equal("active", (await paid.SubscriptionAsync()).GetProperty("state").GetString());
        Assert.Equal("incomplete", (await left.SubscriptionAsync()).GetProperty("state").GetString());

        host.Clock.Leap(TimeSpan.FromHours(23));
        await SweepsAsync(host);
        await Problems.IsAsync(await left.Browser.GetAsync("/api/subscription", Ct), HttpStatusCode.NotFound, "subscription_not_found");
    }

    [Fact]
    public async Task An_account_that_is_to_be_deleted_is_not_renewed()
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        var end = (await person.SubscribeAsync("basic")).GetProperty("periodEnd").GetDateTimeOffset();
        Assert.Equal(HttpStatusCode.OK, (await person.Browser.DeleteAsync("/api/accounts/me", Ct)).StatusCode);
        host.Clock.LeapTo(end.AddMinutes(1));
        await SweepsAsync(host);
        Assert.Equal(7.99m, await CashAsync(host, person));
    }

    [Fact]
    public async Task A_webhook_is_stored_once_and_a_forged_one_refused()
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        var begun = await person.BeginAsync("basic");
        var body = SandboxEvents.BodyOf(new SandboxEvent("evt_x", "checkout.session.completed", begun.GetProperty("id").GetString()!, default, default));
        var secret = await host.Services.GetRequiredService<SandboxEvents>().SecretAsync(Ct);
        var signature = WebhookSignature.Sign(body, secret, host.Clock.GetUtcNow());
        foreach (var _ in Enumerable.Range(0, 3)) Assert.Equal(HttpStatusCode.OK, (await SendAsync(host, body, signature)).StatusCode);
        // It says that it is paid; the provider says that it is not.
        await host.Services.GetRequiredService<WebhookWorker>().SweepAsync(Ct);
        Assert.Equal("incomplete", (await person.SubscriptionAsync()).GetProperty("state").GetString());
        await Problems.IsAsync(await SendAsync(host, body, WebhookSignature.Sign(body, "whsec_other", host.Clock.GetUtcNow())), HttpStatusCode.BadRequest, "webhook_signature_invalid");
        host.Clock.Advance(TimeSpan.FromSeconds(301));
        await Problems.IsAsync(await SendAsync(host, body, signature), HttpStatusCode.BadRequest, "webhook_signature_invalid");
    }

    private static async Task<HttpResponseMessage> SendAsync(PortalHost host, byte[] body, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/payments/webhook") { Content = new ByteArrayContent(body) };
        request.Headers.Add(WebhookSignature.Header, signature);
        using var client = host.Anonymous;
        return await client.SendAsync(request, Ct);
    }

    /// <summary>As two nodes do, side by side.</summary>
    private static Task SweepsAsync(PortalHost host) =>
        Task.WhenAll(Enumerable.Range(0, 2).Select(_ => host.Services.GetRequiredService<SubscriptionSweep>().SweepAsync(Ct)));

    private static async Task<JsonElement> SubscriptionAsync(PortalHost host, Person person)
    {
        // Sessions end while the clock is moved.
        if (await person.StatusAsync() != HttpStatusCode.OK) Assert.Equal(HttpStatusCode.OK, (await person.SignInAsync()).StatusCode);
        return await person.SubscriptionAsync();
    }

    /// <summary>What the person has paid, of a ledger that balances.</summary>
    private static async Task<decimal> CashAsync(PortalHost host, Person person)
    {
        var users = await host.Admin.GetFromJsonAsync<JsonElement>($"/api/users?email={person.Email}", Ct);
        var all = await host.Admin.GetFromJsonAsync<JsonElement>($"/api/users/{users.GetProperty("items")[0].GetProperty("id").GetString()}/subscriptions", Ct);
        var id = all.GetProperty("items")[0].GetProperty("id").GetString();
        var postings = (await host.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/ledger?subscription={id}", Ct)).GetProperty("items").EnumerateArray()
            .SelectMany(entry => entry.GetProperty("postings").EnumerateArray())
            .Select(posting => (Account: posting.GetProperty("account").GetString(), Amount: posting.GetProperty("amount").GetProperty("amount").GetDecimal())).ToList();
        Assert.Equal(0, postings.Sum(posting => posting.Amount));
        return postings.Where(posting => posting.Account == "cash:sandbox").Sum(posting => posting.Amount);
    }
}
