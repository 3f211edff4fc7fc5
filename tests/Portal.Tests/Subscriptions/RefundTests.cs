using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Prices;
using FlickStream.Portal.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>What becomes of money that comes back, told by webhooks or ordered here.</summary>
public sealed class RefundTests(LongTimes times) : IClassFixture<LongTimes>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PortalHost Host => times.Host;

    private SandboxBack Back => Host.Services.GetRequiredService<SandboxBack>();

    [Fact]
    public async Task What_is_refunded_at_the_provider_is_booked_once_with_a_credit_note_and_a_letter_and_ends_nothing()
    {
        var (person, subscription, paymentId, number) = await PaidAsync();
        await Back.RefundAsync(paymentId, Usd(2.99m), RefundState.Paid, Ct);
        await Back.RefundAsync(paymentId, Usd(5m), RefundState.Paid, Ct);
        for (var sweeps = 0; sweeps < 2; sweeps++) await Task.WhenAll(SweepAsync(), SweepAsync());
        Assert.Equal((0m, 7.99m, 0m), (await BalanceAsync(subscription, "cash:sandbox"), await BalanceAsync(subscription, "refunds"), await BalanceAsync(subscription, "receivable")));
        var notes = (await person.Browser.GetFromJsonAsync<JsonElement>("/api/credit-notes", Ct)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([2.99m, 5m], notes.Select(note => note.GetProperty("amount").GetProperty("amount").GetDecimal()).Order());
        Assert.All(notes, note => Assert.Equal((number, "refund"), (note.GetProperty("invoiceNumber").GetInt64(), note.GetProperty("reason").GetString())));
        Assert.Contains("of invoice", await Host.LetterAsync(person.Email, "We have paid you back"));
        Assert.True((await person.SubscriptionAsync()).GetProperty("isEntitled").GetBoolean());

        var page = notes[0].GetProperty("url").GetString();
        Assert.Contains(person.Email, await person.Browser.GetStringAsync(page, Ct));
        using var another = await Person.RegisteredAsync(Host);
        await Problems.IsAsync(await another.Browser.GetAsync(page, Ct), HttpStatusCode.NotFound, "credit_note_not_found");
        Assert.Empty((await another.Browser.GetFromJsonAsync<JsonElement>("/api/credit-notes", Ct)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_refund_that_the_bank_does_not_take_is_taken_out_of_the_books()
    {
        var (person, subscription, paymentId, _) = await PaidAsync();
        var refundId = await Back.RefundAsync(paymentId, Usd(7.99m), RefundState.Pending, Ct);
        await SweepAsync();
        Assert.Equal(0m, await BalanceAsync(subscription, "cash:sandbox"));
        await Back.SettleRefundAsync(paymentId, refundId, RefundState.Failed, Ct);
        await SweepAsync();
        Assert.Equal((7.99m, 0m), (await BalanceAsync(subscription, "cash:sandbox"), await BalanceAsync(subscription, "refunds")));
        var notes = (await person.Browser.GetFromJsonAsync<JsonElement>("/api/credit-notes", Ct)).GetProperty("items").EnumerateArray();
        Assert.Equal([-7.99m, 7.99m], notes.Select(note => note.GetProperty("amount").GetProperty("amount").GetDecimal()));
        await Host.LetterAsync(person.Email, "Your bank did not take our refund");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dispute_holds_the_money_and_ends_the_subscription_only_where_it_is_lost(bool isWon)
    {
        var (person, subscription, paymentId, number) = await PaidAsync();
        var disputeId = await Back.DisputeAsync(paymentId, Ct);
        await SweepAsync();
        Assert.Equal((-15m, 7.99m, 15m), (await BalanceAsync(subscription, "cash:sandbox"), await BalanceAsync(subscription, "disputes"), await BalanceAsync(subscription, "fees")));
        Assert.True((await person.SubscriptionAsync()).GetProperty("isEntitled").GetBoolean());
        await Host.LetterAsync(person.Email, "Your bank asks for a payment back");
        await Problems.IsAsync(await RefundAsync(number, "all", new { reason = "Asked for." }), HttpStatusCode.Conflict, "refund_too_much");

        await Back.CloseDisputeAsync(paymentId, disputeId, isWon, Ct);
        for (var sweeps = 0; sweeps < 2; sweeps++) await SweepAsync();
        Assert.Equal((isWon ? -7.01m : -15m, 0m, isWon ? 0 : 7.99m), (
            await BalanceAsync(subscription, "cash:sandbox"), await BalanceAsync(subscription, "disputes"), await BalanceAsync(subscription, "chargebacks")));
        var notes = (await person.Browser.GetFromJsonAsync<JsonElement>("/api/credit-notes", Ct)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(isWon ? [] : ["chargeback"], notes.Select(note => note.GetProperty("reason").GetString()));
        if (isWon)
        {
            Assert.True((await person.SubscriptionAsync()).GetProperty("isEntitled").GetBoolean());
            return;
        }

        await Problems.IsAsync(await person.Browser.GetAsync("/api/subscription", Ct), HttpStatusCode.NotFound, "subscription_not_found");
        await Host.LetterAsync(person.Email, "Your bank has taken a payment back");
        await Host.LetterAsync(person.Email, "Your subscription has ended");
    }

    [Fact]
    public async Task What_was_never_told_is_found_within_an_hour()
    {
        var (_, subscription, paymentId, _) = await PaidAsync();
        await SweepAsync();
        await Back.RefundAsync(paymentId, Usd(1m), RefundState.Paid, Ct);
        var events = Host.Services.GetRequiredService<SandboxEvents>();
        await foreach (var told in events.DueAsync(Ct)) await events.DoneAsync(told, Ct);
        Host.Clock.Advance(TimeSpan.FromMinutes(61));
        for (var sweeps = 0; sweeps < 2; sweeps++) await SweepAsync();
        Assert.Equal(1m, await BalanceAsync(subscription, "refunds"));
    }

    [Fact]
    public async Task An_administrator_pays_back_once_a_key_and_that_is_in_the_audit_log()
    {
        var (person, subscription, _, number) = await PaidAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RefundAsync(number, "part", new { reason = "Could not watch.", amount = 3m })));
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.Accepted));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        await Problems.IsAsync(await RefundAsync(number, "part", new { reason = "Could not watch.", amount = 4m }), HttpStatusCode.Conflict, "refund_exists");
        await Problems.IsAsync(await RefundAsync(number, "more", new { reason = "Again.", amount = 5m }), HttpStatusCode.Conflict, "refund_too_much");
        Assert.Equal(HttpStatusCode.Created, (await RefundAsync(number, "rest", new { reason = "All." })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await RefundAsync(number, "rest", new { reason = "All." })).StatusCode);
        await SweepAsync();
        Assert.Equal((0m, 7.99m), (await BalanceAsync(subscription, "cash:sandbox"), await BalanceAsync(subscription, "refunds")));
        var details = await Host.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/invoices/{number}", Ct);
        Assert.Equal((2, 2, 0m), (details.GetProperty("refunds").GetArrayLength(), details.GetProperty("creditNotes").GetArrayLength(), details.GetProperty("left").GetProperty("amount").GetDecimal()));
        var told = await Host.Admin.GetFromJsonAsync<JsonElement>($"/api/audit?subject=invoice:{number}", Ct);
        Assert.Contains(told.GetProperty("items").EnumerateArray(), item => item.GetProperty("detail").GetString() == "rest: 4.99 USD, All.");
        var account = (await person.AccountAsync()).GetProperty("id").GetString();
        Assert.Equal(number, (await Host.Admin.GetFromJsonAsync<JsonElement>($"/api/users/{account}/invoices", Ct)).GetProperty("items")[0].GetProperty("number").GetInt64());
        await Problems.IsAsync(await person.Browser.PutAsJsonAsync($"/api/admin/invoices/{number}/refunds/own", new { reason = "Mine." }, Ct), HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("bad key", """{"reason":"A"}""", "refund_key_invalid")]
    [InlineData("k", """{"reason":" "}""", "refund_reason_invalid")]
    [InlineData("k", """{"reason":"A","amount":0}""", "refund_amount_invalid")]
    [InlineData("k", """{"reason":"A","amount":-1}""", "refund_amount_invalid")]
    [InlineData("k", """{"reason":"A","amount":1.001}""", "refund_amount_invalid")]
    [InlineData("k", """{"reason":"A","amount":7e28}""", "refund_amount_invalid")]
    public async Task What_is_no_refund_is_refused(string key, string body, string code)
    {
        var (_, _, _, number) = await PaidAsync();
        var answer = await Host.Admin.PutAsync($"/api/admin/invoices/{number}/refunds/{key}", new StringContent(body, null, "application/json"), Ct);
        await Problems.IsAsync(answer, HttpStatusCode.BadRequest, code);
        await Problems.IsAsync(await RefundAsync(999_999, "k", new { reason = "A" }), HttpStatusCode.NotFound, "invoice_not_found");
    }

    private async Task<(Person Person, string Subscription, string PaymentId, long Invoice)> PaidAsync()
    {
        var person = await Person.RegisteredAsync(Host);
        var id = (await person.SubscribeAsync("basic")).GetProperty("id").GetString()!;
        var number = (await person.Browser.GetFromJsonAsync<JsonElement>("/api/invoices", Ct)).GetProperty("items")[0].GetProperty("number").GetInt64();
        var details = await Host.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/invoices/{number}", Ct);
        return (person, id, details.GetProperty("paymentId").GetString()!, number);
    }

    private Task SweepAsync() => Host.Services.GetRequiredService<SubscriptionSweep>().SweepAsync(Ct);

    private Task<HttpResponseMessage> RefundAsync(long number, string key, object body) => Host.Admin.PutAsJsonAsync($"/api/admin/invoices/{number}/refunds/{key}", body, Ct);

    private async Task<decimal> BalanceAsync(string subscription, string account) =>
        (await Host.Admin.GetFromJsonAsync<JsonElement>($"/api/admin/ledger?subscription={subscription}", Ct)).GetProperty("items").EnumerateArray()
            .SelectMany(entry => entry.GetProperty("postings").EnumerateArray())
            .Where(posting => posting.GetProperty("account").GetString() == account).Sum(posting => posting.GetProperty("amount").GetProperty("amount").GetDecimal());

    private static Money Usd(decimal amount) => new Money(amount, "USD").Rounded();
}
