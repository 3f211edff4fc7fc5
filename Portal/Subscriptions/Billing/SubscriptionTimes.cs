namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>What the times in a subscription mean.</summary>
internal static class SubscriptionTimes
{
    /// <summary>When there is next something to do; null where there is nothing.</summary>
    public static DateTimeOffset? DueAt(Subscription subscription)
    {
        var due = subscription.Outbox.Count > 0 ? subscription.CreatedAt : Earliest(subscription);
        return due < subscription.PausedUntil ? subscription.PausedUntil : due;
    }

    /// <inheritdoc cref="Subscription.PlanAt"/>
    public static string? PlanAt(Subscription subscription, DateTimeOffset now)
    {
        if (subscription is not { State: SubscriptionState.Trialing or SubscriptionState.Active or SubscriptionState.PastDue, Period: { } period }) return null;

        // While the renewal is open, the period before was the last that was paid for, and its grace counts.
        if (subscription.Bill is { Purpose: BillPurpose.Renewal } bill) return now < bill.GraceEnd ? subscription.Plan.PlanId : null;
        if (now < period.End) return subscription.Plan.PlanId;
        return !subscription.IsEnding && subscription.Method is not null && now < period.GraceEnd ? (subscription.NextPlan ?? subscription.Plan).PlanId : null;
    }

    private static DateTimeOffset? Earliest(Subscription subscription)
    {
        if (subscription.IsEnded) return null;
        var isRunning = subscription.State is SubscriptionState.Trialing or SubscriptionState.Active;
        DateTimeOffset?[] times =
        [
            subscription.Checkout is { Id: null } ? subscription.CreatedAt : subscription.Checkout?.LookAt,
            BillAt(subscription.Bill),
            subscription.Bill is { Purpose: BillPurpose.Renewal } && subscription.State is not SubscriptionState.Unpaid ? subscription.Bill.GraceEnd : null,
            isRunning && subscription.Bill is not { Purpose: BillPurpose.Renewal } ? subscription.Period?.End : null,
            isRunning && !subscription.IsEnding ? subscription.RemindAt : null,
        ];
        return times.Min();
    }

    private static DateTimeOffset? BillAt(Bill? bill) => bill?.Step switch
    {
        BillStep.Preparing or BillStep.Trying or BillStep.GivingUp => bill.OpenedAt,
        BillStep.Waiting or BillStep.Declined => bill.NextAt < bill.GiveUpAt ? bill.NextAt : bill.GiveUpAt,
        _ => null,
    };
}
