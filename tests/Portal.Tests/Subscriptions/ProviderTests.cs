using System.Globalization;
using FlickStream.Platform.Audit;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Payments;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Prices;
using FlickStream.Portal.Tests.Subscriptions.Gateways;
using FlickStream.Portal.Tests.Subscriptions.Simulation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>What becomes of subscriptions while their provider is away, or refuses.</summary>
public sealed class ProviderTests : IAsyncDisposable
{
    private const string Ann = "account0";
    private static readonly Uri Site = new("https://watch.example.org/account/subscription");

    private readonly TestDocuments _storage = new();
    private readonly FakeTimeProvider _clock = new(new(2027, 1, 1, 10, 0, 0, TimeSpan.Zero));
    private readonly BrokenGateway _gateway;
    private readonly ContendedDocuments _contended;
    private readonly Node _node;

    public ProviderTests()
    {
        var events = new SandboxEvents(_storage.Documents, _clock);
        _gateway = new BrokenGateway(new SandboxGateway(_storage.Documents, new TestCards(), events, _clock));
        _contended = new ContendedDocuments(_storage.Documents);
        _node = new Node(_contended, _gateway, events, new EphemeralDataProtectionProvider(), _clock);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_provider_is_away_another_choice_is_asked_to_wait()
    {
        await RegisterAsync();
        var first = (await ChooseAsync("basic")).Subscription!;
        _gateway.Fault = _ => new GatewayUnavailableException("It is away.");
        Assert.Equal(SubscriptionProblems.PaymentsUnavailable, (await ChooseAsync("premium")).Refusal);
        _gateway.Fault = _ => null;
        var second = (await ChooseAsync("premium")).Subscription!;
        Assert.NotEqual(first.Id, second.Id);
        Assert.NotNull(second.Checkout?.Id);
    }

    [Fact]
    public async Task A_checkout_that_the_provider_refuses_is_over()
    {
        await RegisterAsync();
        _gateway.Fault = _ => new GatewayRefusedException("No.") { Code = "amount_too_small" };
        var refused = (await ChooseAsync("basic")).Subscription!;
        Assert.Equal((SubscriptionState.IncompleteExpired, "amount_too_small"), (refused.State, refused.Decline));
        _gateway.Fault = _ => null;
        Assert.NotNull((await ChooseAsync("basic")).Subscription!.Checkout?.Id);
    }

    [Fact]
    public async Task A_renewal_that_the_provider_refuses_is_made_known_anew_and_charged_once()
    {
        await RegisterAsync();
        var begun = await SubscribeAsync("basic");
        _gateway.Fault = call => call == "prepare" ? new GatewayRefusedException("No.") { Code = "resource_missing" } : null;
        _clock.SetUtcNow(begun.Period!.End.AddMinutes(1));
        await SweepAsync();
        var refused = await NowAsync(begun.Id);
        Assert.Equal((SubscriptionState.PastDue, "resource_missing", "basic"), (refused.State, refused.Decline, refused.PlanAt(_clock.GetUtcNow())));

        // Whatever its owner asks is answered.
        Assert.NotNull(await _node.Owners.FindAsync(Ann, Ct));
        _gateway.Fault = _ => null;
        _clock.Advance(TimeSpan.FromDays(1.01));
        await SweepAsync();
        var renewed = await NowAsync(begun.Id);
        Assert.Equal((SubscriptionState.Active, null, begun.Period.End), (renewed.State, renewed.Bill, renewed.Period!.Start));
        Assert.Equal(1, _gateway.Calls.Count(call => call == "try"));
    }

    [Fact]
    public async Task A_renewal_that_is_always_refused_ends_the_subscription_as_one_that_is_not_paid()
    {
        await RegisterAsync();
        var begun = await SubscribeAsync("basic");
        _gateway.Fault = call => call == "prepare" ? new GatewayRefusedException("No.") : null;
        _clock.SetUtcNow(begun.Period!.End.AddMinutes(1));
        for (var day = 0; day < 17; day++)
        {
            await SweepAsync();
            _clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(SubscriptionState.Canceled, (await NowAsync(begun.Id)).State);
        Assert.Equal(9, _gateway.Calls.Count(call => call == "prepare"));
    }

    [Fact]
    public async Task An_upgrade_that_the_provider_refuses_changes_nothing()
    {
        await RegisterAsync();
        await SubscribeAsync("basic");
        _gateway.Fault = call => call == "prepare" ? new GatewayRefusedException("No.") { Code = "amount_too_small" } : null;
        var family = (await _node.Plans.GetAsync("family", Ct))!;
        var names = await _node.Plans.NamesAsync(Ct);
        var moved = await _node.Owners.MoveAsync(Ann, live =>
        {
            var quote = OwnerMoves.Quote(live, new PlanChoice("family", family.Content.PriceIn("USD")!), names, _clock.GetUtcNow(), out _)!;
            return OwnerMoves.Upgrade(live, quote, quote.Amount.Amount, Site, _clock.GetUtcNow(), new SubscriptionOptions());
        });
        var now = moved.Subscription!;
        Assert.Equal((SubscriptionState.Active, "basic", null, "amount_too_small"), (now.State, now.Plan.PlanId, now.Bill, now.Decline));
    }

    [Theory]
    [InlineData(3, "0.50", 3)]
    [InlineData(10, "1.61", 2)]
    public async Task An_upgrade_costs_no_less_than_is_charged_at_all(int daysLeft, string amount, int lines)
    {
        await RegisterAsync();
        var begun = await SubscribeAsync("basic");
        var quote = OwnerMoves.Quote(begun, new PlanChoice("premium", new Money(12.99m, "USD")), await _node.Plans.NamesAsync(Ct), begun.Period!.End.AddDays(-daysLeft), out _)!;
        Assert.Equal((decimal.Parse(amount, CultureInfo.InvariantCulture), lines), (quote.Amount.Amount, quote.Lines.Count));
        Assert.Equal(quote.Amount.Amount, quote.Lines.Sum(line => line.Amount.Amount));
    }

    [Fact]
    public async Task A_checkout_that_could_not_be_opened_is_opened_with_its_first_words_and_then_ended()
    {
        await RegisterAsync();
        _gateway.Fault = _ => new GatewayUnavailableException("It is away.");
        var begun = (await ChooseAsync("basic")).Subscription!;
        Assert.Null(begun.Checkout?.Id);
        _clock.Advance(TimeSpan.FromHours(1));
        await _node.Owners.MoveAsync(Ann, live => OwnerMoves.Cancel(live, _clock.GetUtcNow()));
        _gateway.Fault = _ => null;
        Assert.Equal(SubscriptionState.IncompleteExpired, (await _node.Clerk.WorkAsync(begun.Id, isTold: false, Ct))!.State);
        Assert.Single(_gateway.Orders.Distinct());
        Assert.Equal("close", _gateway.Calls[^1]);
    }

    [Theory]
    [InlineData("premium", true)]
    [InlineData("basic", false)]
    public async Task What_was_cancelled_and_turns_out_to_be_paid_ends_with_its_period(string plan, bool hasTrial)
    {
        await RegisterAsync();
        var begun = (await ChooseAsync(plan)).Subscription!;
        await PayAsync(begun);
        await _node.Owners.MoveAsync(Ann, live => OwnerMoves.Cancel(live, _clock.GetUtcNow()));
        var paid = (await _node.Clerk.WorkAsync(begun.Id, isTold: false, Ct))!;
        Assert.Equal((hasTrial ? SubscriptionState.Trialing : SubscriptionState.Active, true), (paid.State, paid.IsEnding));
        _clock.SetUtcNow(paid.Period!.End.AddMinutes(1));
        for (var sweeps = 0; sweeps < 3; sweeps++) await SweepAsync();
        Assert.Equal(SubscriptionState.Canceled, (await NowAsync(begun.Id)).State);
    }

    [Fact]
    public async Task A_checkout_that_never_was_opened_is_over_when_its_time_is()
    {
        await RegisterAsync();
        _gateway.Fault = _ => new GatewayUnavailableException("It is away.");
        var begun = (await ChooseAsync("basic")).Subscription!;
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(SubscriptionState.IncompleteExpired, (await _node.Clerk.WorkAsync(begun.Id, isTold: false, Ct))!.State);
    }

    [Fact]
    public async Task A_checkout_whose_bank_takes_its_time_is_asked_about_now_and_then()
    {
        await RegisterAsync();
        var begun = (await ChooseAsync("basic")).Subscription!;
        _gateway.Twist = seen => seen with { State = CheckoutState.Open };
        _clock.Advance(TimeSpan.FromHours(24));
        _gateway.Calls.Clear();
        for (var sweeps = 0; sweeps < 3; sweeps++) await SweepAsync();
        Assert.Equal(["close"], _gateway.Calls.Where(call => call != "since"));
        Assert.Equal(SubscriptionProblems.PaymentsUnavailable, (await ChooseAsync("premium")).Refusal);
        _gateway.Twist = seen => seen;
        _clock.Advance(TimeSpan.FromMinutes(16));
        await SweepAsync();
        Assert.Equal(SubscriptionState.IncompleteExpired, (await NowAsync(begun.Id)).State);
    }

    [Fact]
    public async Task Who_goes_is_removed_at_the_provider_once_it_answers_and_only_the_books_stay()
    {
        await RegisterAsync();
        var begun = await SubscribeAsync("basic");
        var (order, data) = (new PaymentOrder("k", begun.Id, begun.Method!.CustomerId, new Money(1, "USD"), "x"), _node.PersonalData);
        _gateway.Fault = call => call == "forget" ? new GatewayUnavailableException("It is away.") : null;
        await Assert.ThrowsAsync<GatewayUnavailableException>(() => data.DeleteAsync(Ann, Ct));
        Assert.NotNull(await _gateway.PreparePaymentAsync(order, Ct));
        _gateway.Fault = _ => null;
        for (var times = 0; times < 2; times++) await data.DeleteAsync(Ann, Ct);
        await Assert.ThrowsAsync<GatewayRefusedException>(() => _gateway.PreparePaymentAsync(order with { Key = "l" }, Ct));
        Assert.Null(await _node.Subscriptions.GetAsync(begun.Id, Ct));
        var invoice = Assert.Single(await _node.Invoices.AllAsync(Ann, Ct).ToListAsync(Ct)).Value;
        Assert.Equal((null, 7.99m), (invoice.Email, invoice.Total.Amount));
        Assert.Equal(2, (await _node.Ledger.ListAsync(new(begun.Id), false, 10, null, Ct)).Items.Count);

        // A bank decides late.
        await new AccountStore(_storage.Documents).RemoveAsync(Ann, Ct);
        var (back, paymentId) = (new SandboxBack(_storage.Documents, new SandboxEvents(_storage.Documents, _clock), _clock), (await _node.Ledger.PaymentOfAsync(invoice.BillKey, Ct))!);
        await back.CloseDisputeAsync(paymentId, await back.DisputeAsync(paymentId, Ct), isWon: false, Ct);
        await SweepAsync();
        Assert.Null(Assert.Single(await _node.Credits.AllAsync(Ann, Ct).ToListAsync(Ct)).Value.Email);
    }

    [Fact]
    public async Task What_was_never_begun_is_removed_after_a_day()
    {
        await RegisterAsync();
        for (var i = 0; i < 3; i++) await ChooseAsync(i % 2 == 0 ? "basic" : "premium");
        await SubscribeAsync("basic");
        Assert.Equal(3, (await _node.Subscriptions.ListAsync(Ann, 10, null, Ct)).Items.Count);
        _clock.Advance(TimeSpan.FromDays(1.1));
        await SweepAsync();
        Assert.Single((await _node.Subscriptions.ListAsync(Ann, 10, null, Ct)).Items);
        Assert.Single(await _node.Subscriptions.BegunAsync(Ann, Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_refund_that_was_ordered_while_the_provider_is_away_is_made_once_when_it_answers()
    {
        await RegisterAsync();
        await SubscribeAsync("basic");
        var http = Support.Request();
        var order = new RefundRequest("Could not watch.");
        _gateway.Fault = call => call == "returns" ? new GatewayUnavailableException("It is away.") : null;
        Assert.True((await _node.Refunds.OrderAsync(1, "a", order, http)).Refund!.IsWaiting);
        _gateway.Fault = _ => null;
        // The answer of the first try is lost.
        _gateway.Lost = call => call == "refund";
        await SweepAsync();
        _gateway.Lost = _ => false;
        for (var sweeps = 0; sweeps < 2; sweeps++) await SweepAsync();
        var (refund, isNew, _) = await _node.Refunds.OrderAsync(1, "a", order, http);
        Assert.Equal((false, 7.99m, null), (isNew, refund!.Amount.Amount, refund.Refusal));
        Assert.NotNull(refund.RefundId);
        Assert.Equal(1, _gateway.Calls.Count(call => call == "refund"));
        Assert.Single(await _node.Credits.AllAsync(Ann, Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task An_order_that_somebody_was_first_to_is_told_as_the_one_that_it_became()
    {
        await RegisterAsync();
        await SubscribeAsync("basic");
        _contended.BeforeReplacement<Payment>(() => _node.Refunds.OrderAsync(1, "other", new RefundRequest("First.", 3), Support.Request()));
        Assert.Equal(4.99m, (await _node.Refunds.OrderAsync(1, "rest", new RefundRequest("All."), Support.Request())).Refund!.Amount.Amount);
        _contended.BeforeReplacement<Payment>(() => Task.CompletedTask);
        Assert.Equal(RefundProblems.TooMuch, (await _node.Refunds.OrderAsync(1, "more", new RefundRequest("More."), Support.Request())).Refusal);
        var anchors = new AuditAnchors(_storage.Documents, new EphemeralDataProtectionProvider(), NullLogger<AuditAnchors>.Instance);
        var told = (await new AuditLog(_storage.Documents, new AuditTrail(_storage.Documents, anchors, _clock)).ListAsync(new("invoice:1", null, null, null, null), 10, null, Ct)).Items;
        Assert.Equal(
            [
                ("refund_ordered", "rest: 7.99 USD, All."), ("refund_ordered", "other: 3.00 USD, First."), ("refund_not_ordered", "rest: 7.99 USD, All."),
                ("refund_ordered", "rest: 4.99 USD, All."),
            ],
            told.Select(item => (item.Value.Action, item.Value.Detail)).Reverse());
    }

    [Fact]
    public async Task What_was_paid_at_a_provider_that_there_is_no_more_is_not_paid_back_by_another_and_stays_in_its_books()
    {
        await RegisterAsync();
        await SubscribeAsync("basic");
        _gateway.Fault = call => call == "returns" ? new GatewayUnavailableException("It is away.") : null;
        Assert.True((await _node.Refunds.OrderAsync(1, "a", new RefundRequest("Could not watch.", 3), Support.Request())).Refund!.IsWaiting);
        var provider = _gateway.Name;
        (_gateway.Name, _gateway.Fault) = ("another", _ => null);
        _gateway.Calls.Clear();
        await SweepAsync();
        Assert.DoesNotContain("returns", _gateway.Calls);
        Assert.Equal("provider_gone", (await _node.Refunds.OrderAsync(1, "a", new RefundRequest("Could not watch.", 3), Support.Request())).Refund!.Refusal);
        Assert.Equal(RefundProblems.ProviderGone, (await _node.Refunds.OrderAsync(1, "b", new RefundRequest("All."), Support.Request())).Refusal);

        // It is the provider again: nothing is held back by what could not be made.
        _gateway.Name = provider;
        Assert.Equal(7.99m, (await _node.Refunds.OrderAsync(1, "c", new RefundRequest("All."), Support.Request())).Refund!.Amount.Amount);
    }

    [Fact]
    public async Task A_provider_that_does_not_know_a_payment_refuses_what_is_to_be_paid_back_of_it()
    {
        await RegisterAsync();
        await SubscribeAsync("basic");
        _gateway.Fault = call => call == "returns" ? new GatewayRefusedException("No.") { Code = "resource_missing" } : null;
        Assert.Equal("resource_missing", (await _node.Refunds.OrderAsync(1, "a", new RefundRequest("All."), Support.Request())).Refund!.Refusal);
    }

    [Fact]
    public async Task One_payment_that_cannot_be_looked_at_keeps_no_other_and_the_provider_is_asked_once_an_hour()
    {
        await RegisterAsync();
        var begun = await SubscribeAsync("basic");
        var events = new SandboxEvents(_storage.Documents, _clock);
        var paymentId = (await _node.Ledger.PaymentOfAsync(Assert.Single(await _node.Invoices.AllAsync(Ann, Ct).ToListAsync(Ct)).Value.BillKey, Ct))!;
        await SweepAsync();
        await new SandboxBack(_storage.Documents, events, _clock).RefundAsync(paymentId, new Money(3, "USD"), RefundState.Paid, Ct);
        await foreach (var told in events.DueAsync(Ct)) await events.DoneAsync(told, Ct);
        _clock.Advance(TimeSpan.FromMinutes(61));
        _gateway.Calls.Clear();
        _gateway.Fault = call => call == "returns" ? new InvalidOperationException("A fault of ours.") : null;
        for (var sweeps = 0; sweeps < 4; sweeps++) await SweepAsync();
        Assert.Equal(["since", "returns"], _gateway.Calls);
        _gateway.Fault = _ => null;
        _clock.Advance(TimeSpan.FromMinutes(16));
        await SweepAsync();
        Assert.Equal(3, (await _node.Ledger.ListAsync(new(begun.Id), false, 10, null, Ct)).Items.Count);

        _gateway.Fault = call => call == "since" ? new GatewayUnavailableException("It is away.") : null;
        _clock.Advance(TimeSpan.FromHours(1));
        _gateway.Calls.Clear();
        for (var sweeps = 0; sweeps < 3; sweeps++) await SweepAsync();
        Assert.Single(_gateway.Calls, call => call == "since");
        _clock.Advance(TimeSpan.FromMinutes(6));
        await SweepAsync();
        Assert.Equal(2, _gateway.Calls.Count(call => call == "since"));
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    private async Task RegisterAsync() => await new AccountStore(_storage.Documents).AddAsync(
        new Account { Id = Ann, Email = "ann@example.org", EmailKey = "ann@example.org", PasswordHash = "", TimeZone = "UTC", CreatedAt = _clock.GetUtcNow() }, Ct);

    private async Task<Subscription> SubscribeAsync(string planId)
    {
        var begun = (await ChooseAsync(planId)).Subscription!;
        await PayAsync(begun);
        return (await _node.Clerk.WorkAsync(begun.Id, isTold: true, Ct))!;
    }

    private async Task PayAsync(Subscription begun)
    {
        var counter = new SandboxCounter(_storage.Documents, new SandboxEvents(_storage.Documents, _clock), _clock);
        await counter.PayAsync((await counter.FindCheckoutAsync(begun.Checkout!.Id!, Ct))!, Subscriber.Good, Ct);
    }

    private Task SweepAsync() => _node.Sweep.SweepAsync(Ct);

    private async Task<Subscription> NowAsync(string id) => (await _node.Subscriptions.GetAsync(id, Ct))!.Value;

    private async Task<(Subscription? Subscription, Platform.Problems.Problem? Refusal)> ChooseAsync(string planId)
    {
        var (subscription, _, refusal) = await _node.Checkouts.BeginAsync(Ann, new SubscribeRequest(planId, "USD"), Site, Ct);
        return (subscription, refusal);
    }
}
