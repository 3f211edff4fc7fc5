using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>What a checkout makes of a subscription.</summary>
internal static class CheckoutMoves
{
    public static Subscription Opened(Subscription subscription, GatewayCheckout opened, DateTimeOffset now, SubscriptionOptions options) =>
        subscription with { Checkout = subscription.Checkout! with { Id = opened.Id, Url = opened.Url, LookAt = subscription.Checkout.CloseAt ?? now + options.LookInterval } };

    public static Subscription Seen(
        Subscription subscription, GatewayCheckout seen, PlanNames names, DateTimeOffset now, SubscriptionOptions options)
    {
        var checkout = subscription.Checkout!;
        if (seen.State == CheckoutState.Open)
        {
            var looked = subscription with { Checkout = checkout with { LookAt = now + options.LookInterval } };
            // One whose bank takes its time cannot be ended yet.
            return now < checkout.EndsAt ? looked : looked with { PausedUntil = now + options.LookInterval };
        }

        var closed = subscription with { Checkout = null };
        return (seen.State, checkout.IsForCard) switch
        {
            (CheckoutState.Complete, true) => NewCard(closed with { Method = seen.Method }, names, now, options),
            (CheckoutState.Complete, false) => Begun(closed with { Method = seen.Method }, seen.PaymentId, now, options),
            _ => Over(subscription, now),
        };
    }

    public static CheckoutOrder OrderOf(Subscription subscription)
    {
        var checkout = subscription.Checkout!;
        var amount = checkout.IsForCard ? null : subscription.Bill?.Total;
        return new CheckoutOrder(
            checkout.Key, subscription.Id, checkout.Email, amount ?? Money.Zero(subscription.Plan.Price.Currency), checkout.Text, subscription.Method?.CustomerId,
            checkout.ReturnUrl, checkout.ExpiresAt);
    }

    public static Subscription Close(Subscription subscription, DateTimeOffset now) =>
        subscription with { Checkout = subscription.Checkout! with { CloseAt = now, LookAt = now } };

    /// <summary>It was not finished, and never will be.</summary>
    public static Subscription Over(Subscription subscription, DateTimeOffset now) => subscription.Checkout!.IsForCard
        ? subscription with { Checkout = null }
        : subscription with { Checkout = null, State = SubscriptionState.IncompleteExpired, Bill = null, EndedAt = now };

    public static Subscription Refused(Subscription subscription, string code, DateTimeOffset now)
    {
        var over = Over(subscription, now);
        return over.IsEnded ? over with { Decline = code } : over;
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

    private static Subscription NewCard(Subscription subscription, PlanNames names, DateTimeOffset now, SubscriptionOptions options) => subscription switch
    {
        { Bill: { Purpose: BillPurpose.Renewal, Step: BillStep.Declined } bill } => subscription with { Bill = bill with { NextAt = now } },
        { State: SubscriptionState.Paused } => PeriodMoves.GoOn(subscription, names, now, options),
        _ => subscription,
    };
}
