using FlickStream.Portal.Subscriptions.Gateways;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>What becomes of a bill, by what the provider says.</summary>
internal static class BillMoves
{
    /// <summary>Whether its next step takes money. One that is in a checkout its owner pays there; of one that waits the bank is only asked.</summary>
    public static bool MayCharge(Bill? bill) => bill is { Step: BillStep.Preparing or BillStep.Trying or BillStep.Declined };

    public static Subscription Prepared(Subscription subscription, string paymentId) =>
        subscription with { Bill = subscription.Bill! with { PaymentId = paymentId, Step = BillStep.Trying, Tries = subscription.Bill.Tries + 1, Method = subscription.Method } };

    public static Subscription Again(Subscription subscription) => subscription.Bill!.PaymentId is { } known
        ? Prepared(subscription, known) : subscription with { Bill = subscription.Bill with { Step = BillStep.Preparing } };

    /// <summary>The provider will not have it. Nothing was charged, so that another day, or for another card, it is asked anew.</summary>
    public static Subscription Refused(Subscription subscription, string code, DateTimeOffset now, SubscriptionOptions options) =>
        subscription.Bill!.Step == BillStep.GivingUp ? GivenUp(subscription, now) : Declined(
            subscription with { Bill = subscription.Bill with { Tries = subscription.Bill.Tries + 1 } }, new Decline(code, IsSoft: true), now, options);

    public static Subscription GiveUp(Subscription subscription) => subscription with { Bill = subscription.Bill! with { Step = BillStep.GivingUp } };

    public static Subscription Seen(Subscription subscription, GatewayPayment payment, DateTimeOffset now, SubscriptionOptions options)
    {
        var bill = subscription.Bill!;
        return payment.State switch
        {
            PaymentState.Paid => Paid(subscription, now, options),
            PaymentState.Canceled => GivenUp(subscription, now),
            PaymentState.NeedsAction when bill.ReturnUrl is not null => Wait(payment.ActionUrl),
            PaymentState.Processing => Wait(null),
            _ => Declined(subscription, payment.Decline ?? Decline.Of("authentication_required"), now, options),
        };

        Subscription Wait(Uri? actionUrl) =>
            subscription with { Bill = bill with { Step = BillStep.Waiting, ActionUrl = actionUrl, NextAt = now + options.LookInterval } };
    }

    public static Subscription Paid(Subscription subscription, DateTimeOffset now, SubscriptionOptions options)
    {
        var bill = subscription.Bill!;
        var paid = subscription with
        {
            Bill = null, Decline = null, Outbox = [.. subscription.Outbox, new(EffectKind.Paid, bill.Key, now, bill)],
        };
        return bill.Purpose == BillPurpose.Upgrade
            ? paid with { Plan = bill.Plan, NextPlan = null }
            : PeriodMoves.Into(paid with { State = SubscriptionState.Active }, bill.Period!, options);
    }

    /// <summary>It can never be paid any more.</summary>
    public static Subscription GivenUp(Subscription subscription, DateTimeOffset now)
    {
        var bill = subscription.Bill!;
        var without = subscription with { Bill = null, Outbox = [.. subscription.Outbox, new(EffectKind.WrittenOff, bill.Key, now, bill)] };
        return bill.Purpose == BillPurpose.Upgrade ? without : PeriodMoves.End(without, now, now);
    }

    private static Subscription Declined(Subscription subscription, Decline decline, DateTimeOffset now, SubscriptionOptions options)
    {
        var bill = subscription.Bill!;
        if (bill.Purpose == BillPurpose.Upgrade) return GiveUp(subscription with { Decline = decline.Code });
        var retry = decline.IsSoft ? options.RetryTimes.Select(after => (DateTimeOffset?)(bill.OpenedAt + after)).FirstOrDefault(at => at > now) : null;
        return subscription with
        {
            State = subscription.State == SubscriptionState.Unpaid ? SubscriptionState.Unpaid : SubscriptionState.PastDue,
            Decline = decline.Code,
            Bill = bill with { Step = BillStep.Declined, Decline = decline.Code, NextAt = retry, ActionUrl = null },
            Outbox = bill.Tries > 1 ? subscription.Outbox : [.. subscription.Outbox, new(EffectKind.PaymentFailed, bill.Key, now, bill)],
        };
    }
}
