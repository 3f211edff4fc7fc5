using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Payments;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>When the provider is asked again, though it tells nothing.</summary>
public sealed class PaymentMovesTests
{
    private static readonly DateTimeOffset Start = new(2027, 1, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly Payment Paid = new()
    {
        Id = "pi_1", SubscriptionId = "s", AccountId = "a", BillKey = "sub:s:first", InvoiceNumber = 1, Amount = Usd(7.99m), PaidAt = Start,
    };

    [Fact]
    public void A_refund_that_a_bank_returns_after_it_had_taken_it_is_found_within_a_month()
    {
        var seen = Booked(PaymentMoves.Seen(Paid, Refunded(RefundState.Paid), Start));
        for (var day = 1; day <= 20; day++)
        {
            Assert.Equal(Start.AddDays(day), seen.LookAt);
            seen = PaymentMoves.Seen(seen, Refunded(RefundState.Paid), seen.LookAt!.Value);
            Assert.Empty(seen.Outbox);
        }

        var returned = PaymentMoves.Seen(seen, Refunded(RefundState.Failed), seen.LookAt!.Value);
        Assert.Equal((PaymentEffectKind.Refunded, -3m), Assert.Single(returned.Outbox.Select(effect => (effect.Kind, effect.Amount.Amount))));
        Assert.Equal(7.99m, returned.Left.Amount);
        Assert.Null(PaymentMoves.Seen(Booked(returned), Refunded(RefundState.Failed), Start.AddDays(52)).LookAt);
    }

    [Fact]
    public void What_a_bank_has_still_to_give_back_of_a_dispute_that_is_won_is_asked_about_until_it_is_there()
    {
        var held = new GatewayMove("txn_1", Usd(-7.99m), null);
        var won = Booked(PaymentMoves.Seen(Paid, Disputed(DisputeState.Won, held), Start));
        var late = PaymentMoves.Seen(won, Disputed(DisputeState.Won, held), Start.AddDays(90));
        Assert.Equal(Start.AddDays(90.5), late.LookAt);
        var back = PaymentMoves.Seen(late, Disputed(DisputeState.Won, held, new GatewayMove("txn_2", Usd(7.99m), null)), Start.AddDays(91));
        Assert.Equal((PaymentEffectKind.Held, -7.99m), Assert.Single(back.Outbox.Select(effect => (effect.Kind, effect.Amount.Amount))));
        Assert.Equal(Start.AddDays(92), back.LookAt);
    }

    [Fact]
    public void A_bank_that_decides_anew_is_found_within_a_month()
    {
        var held = new GatewayMove("txn_1", Usd(-7.99m), null);
        var lost = Booked(PaymentMoves.Seen(Paid, Disputed(DisputeState.Lost, held), Start));
        Assert.Equal(Start.AddDays(1), lost.LookAt);
        var won = PaymentMoves.Seen(lost, Disputed(DisputeState.Won, held), Start.AddDays(1));
        Assert.Equal((PaymentEffectKind.ChargedBack, -7.99m), Assert.Single(won.Outbox.Select(effect => (effect.Kind, effect.Amount.Amount))));
    }

    private static Payment Booked(Payment seen) => seen with { Outbox = [] };

    private static GatewayReturns Refunded(RefundState state) => new([new("re_1", Usd(3), state, null)], []);

    private static GatewayReturns Disputed(DisputeState state, params GatewayMove[] moves) => new([], [new("du_1", state, moves)]);

    private static Money Usd(decimal amount) => new Money(amount, "USD").Rounded();
}
