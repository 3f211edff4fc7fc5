using System.Globalization;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Payments;

/// <summary>What is booked of what came back: always the difference of what the provider says now and what is in the books, so that it does not matter
/// what of it was told, how often, and in which order.</summary>
internal static class PaymentMoves
{
    // Banks take weeks.
    private static readonly TimeSpan LookInterval = TimeSpan.FromHours(12);

    // What is settled is looked at for so long: a bank may return a refund that it took, or decide anew.
    private static readonly TimeSpan SettledInterval = TimeSpan.FromDays(1);
    private static readonly TimeSpan SettledAfter = TimeSpan.FromDays(30);

    public static Payment Ordered(Payment payment, Refund refund, DateTimeOffset now) => payment with { Refunds = [.. payment.Refunds, refund], LookAt = now };

    public static Payment Refused(Payment payment, string key, string code) =>
        payment with { Refunds = [.. payment.Refunds.Select(refund => refund.Key == key ? refund with { Refusal = code } : refund)] };

    public static Payment Seen(Payment payment, GatewayReturns returns, DateTimeOffset now)
    {
        var seen = returns.Refunds.Aggregate(Made(payment, returns), (books, refund) => Seen(books, refund, now));
        seen = returns.Disputes.Aggregate(seen, (books, dispute) => Seen(books, dispute, now));
        var isOpen = returns.Refunds.Any(refund => refund.State == RefundState.Pending) || returns.Disputes.Any(dispute => dispute.State == DisputeState.Open);
        return seen with { LookAt = seen.Refunds.Any(refund => refund.IsWaiting) ? now : isOpen || seen.Returned.Any(IsHeld) ? now + LookInterval : Settled(seen, now) };
    }

    /// <summary>The provider will not say what came back of it.</summary>
    public static Payment Unseen(Payment payment, string code, DateTimeOffset now)
    {
        var refused = payment.Refunds.Where(refund => refund.IsWaiting).Aggregate(payment, (books, refund) => Refused(books, refund.Key, code));
        return refused with { LookAt = Settled(refused, now) };
    }

    public static string KeyOf(Payment payment, Refund refund) => $"{payment.BillKey}:refund:{refund.Key}";

    // It is won, and the bank has still to give it back.
    private static bool IsHeld(Returned one) => one is { State: DisputeState.Won, Withdrawn: > 0 };

    private static DateTimeOffset? Settled(Payment payment, DateTimeOffset now) =>
        payment.Returned.Any(one => now < one.ChangedAt + SettledAfter) ? now + SettledInterval : null;

    private static Payment Made(Payment payment, GatewayReturns returns) => payment with
    {
        Refunds =
        [
            .. payment.Refunds.Select(refund => returns.Refunds.FirstOrDefault(made => made.Key == KeyOf(payment, refund)) is { } made ? refund with { RefundId = made.Id } : refund),
        ],
    };

    private static Payment Seen(Payment payment, GatewayRefund refund, DateTimeOffset now)
    {
        var before = BooksOf(payment, refund.Id, null);
        var booked = refund.State == RefundState.Failed ? Money.Zero(payment.Amount.Currency).Rounded() : refund.Amount;
        return Booked(payment, before, before, booked, PaymentEffectKind.Refunded, now);
    }

    private static Payment Seen(Payment payment, GatewayDispute dispute, DateTimeOffset now)
    {
        var before = BooksOf(payment, dispute.Id, dispute.State);
        var moves = dispute.Moves.Where(move => !before.Moves.Contains(move.Id)).ToList();
        var moved = payment with
        {
            Outbox =
            [
                .. payment.Outbox,
                .. moves.Select(move => new PaymentEffect(
                    PaymentEffectKind.Held, $"{payment.BillKey}:dispute:{dispute.Id}:{move.Id}", now, dispute.Id, move.Amount.Negated(), move.Fee)),
            ],
        };
        var after = before with
        {
            State = dispute.State, Withdrawn = before.Withdrawn - moves.Sum(move => move.Amount.Amount), Moves = [.. before.Moves, .. moves.Select(move => move.Id)],
        };
        var booked = payment.Amount with { Amount = dispute.State == DisputeState.Lost ? after.Withdrawn : 0 };
        return Booked(moved, before, after, booked.Rounded(), PaymentEffectKind.ChargedBack, now);
    }

    private static Returned BooksOf(Payment payment, string id, DisputeState? state) =>
        payment.Returned.FirstOrDefault(one => one.Id == id) ?? new Returned(id, Money.Zero(payment.Amount.Currency).Rounded(), 0, state, 0, []);

    private static Payment Booked(Payment payment, Returned before, Returned after, Money booked, PaymentEffectKind kind, DateTimeOffset now)
    {
        var more = booked.Minus(before.Booked);
        var key = string.Create(CultureInfo.InvariantCulture, $"{payment.BillKey}:{(before.State is null ? "refunded" : "charged-back")}:{before.Id}:{before.Entries + 1}");
        var written = more.Amount == 0 ? after : after with { Booked = booked, Entries = before.Entries + 1 };
        if (more.Amount != 0 || after.State != before.State || after.Moves.Count != before.Moves.Count || before.ChangedAt == default) written = written with { ChangedAt = now };
        return payment with
        {
            Returned = [.. payment.Returned.Where(one => one.Id != before.Id), written],
            Outbox = more.Amount == 0 ? payment.Outbox : [.. payment.Outbox, new PaymentEffect(kind, key, now, after.State is null ? null : after.Id, more)],
        };
    }
}
