using FlickStream.Portal.Subscriptions.Gateways;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>What a checkout makes of a subscription.</summary>
internal static class CheckoutMoves
{
    public static Subscription Opened(Subscription subscription, GatewayCheckout opened, DateTimeOffset now, SubscriptionOptions options) =>
        subscription with { Checkout = subscription.Checkout! with { Id = opened.Id, Url = opened.Url, LookAt = now + options.LookInterval } };

    public static Subscription Seen(Subscription subscription, GatewayCheckout seen, DateTimeOffset now, SubscriptionOptions options)
    {
        var checkout = subscription.Checkout!;
        if (seen.State == CheckoutState.Open) return subscription with { Checkout = checkout with { LookAt = now + options.LookInterval } };
        var closed = subscription with { Checkout = null };
        return (seen.State, checkout.IsForCard) switch
        {
            (CheckoutState.Complete, true) => NewCard(closed with { Method = seen.Method }, now, options),
            (CheckoutState.Complete, false) => Begun(closed with { Method = seen.Method }, seen.PaymentId, now, options),
            (_, true) => closed,
            (_, false) => closed with { State = SubscriptionState.IncompleteExpired, Bill = null, EndedAt = now },
        };
    }

    /// <summary>A trial, where one was promised; else what was paid for begins now, and not when it was ordered.</summary>
    public static Subscription Begun(Subscription subscription, string? paymentId, DateTimeOffset now, SubscriptionOptions options)
    {
        if (subscription.Bill is not { } bill)
        {
            var trial = BillingCalendar.Trial(now, subscription.TrialDays, subscription.TimeZone, options.Grace);
            return PeriodMoves.Into(subscription with { State = SubscriptionState.Trialing }, trial, options);
        }

        var period = BillingCalendar.First(now, subscription.TimeZone, options.Grace, bill.Discount);
        var paid = bill with { PaymentId = paymentId, Period = period };
        return PeriodMoves.Into(subscription with { State = SubscriptionState.Active, Bill = null }, period, options) with
        {
            Outbox = [.. subscription.Outbox, new(EffectKind.Owed, bill.Key, now, paid), new(EffectKind.Paid, bill.Key, now, paid)],
        };
    }

    private static Subscription NewCard(Subscription subscription, DateTimeOffset now, SubscriptionOptions options) => subscription switch
    {
        { Bill: { Purpose: BillPurpose.Renewal, Step: BillStep.Declined } bill } => subscription with { Bill = bill with { NextAt = now } },
        { State: SubscriptionState.Paused } => PeriodMoves.GoOn(subscription, now, options),
        _ => subscription,
    };
}
