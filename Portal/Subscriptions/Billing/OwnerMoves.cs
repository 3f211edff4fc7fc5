using System.Globalization;
using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>What its owner makes of a subscription. Each gives it as it then is, or why not.</summary>
internal static class OwnerMoves
{
    /// <summary>What is paid for lasts to its end; what is not is taken back.</summary>
    public static Moved Cancel(Subscription subscription, DateTimeOffset now) => subscription switch
    {
        // Where it turns out to be paid already, it ends with what is paid for.
        { State: SubscriptionState.Incomplete, Checkout: not null } => new(CheckoutMoves.Close(subscription with { IsEnding = true }, now)),
        { State: SubscriptionState.Paused, Bill: null } => new(PeriodMoves.End(subscription, now, now)),
        { Bill.Purpose: BillPurpose.Renewal } => new(BillMoves.GiveUp(subscription with { IsEnding = true })),
        _ => new(subscription with { IsEnding = true }),
    };

    /// <summary>Its account is suspended: it ends with what is paid for, and an upgrade that is not paid yet is taken back too.</summary>
    public static Moved Suspend(Subscription subscription, DateTimeOffset now) =>
        subscription is { Bill: { Purpose: BillPurpose.Upgrade, Step: not BillStep.GivingUp } }
            ? new(BillMoves.GiveUp(subscription with { IsEnding = true })) : Cancel(subscription, now);

    /// <summary>Its account goes: it ends now, whatever is paid for, once what is being charged is taken back.</summary>
    public static Subscription Leave(Subscription subscription, DateTimeOffset now) => subscription switch
    {
        { State: SubscriptionState.Incomplete, Checkout: not null } => CheckoutMoves.Close(subscription, now),
        { Bill: { Purpose: not BillPurpose.First, Step: not BillStep.GivingUp } } => BillMoves.GiveUp(subscription with { IsEnding = true }),
        { Bill: not null } => subscription with { PausedUntil = null },
        _ => PeriodMoves.End(subscription, now, now),
    };

    public static Moved Resume(Subscription subscription) =>
        subscription is { State: SubscriptionState.Trialing or SubscriptionState.Active, Bill: not { Purpose: BillPurpose.Renewal } }
            ? new(subscription with { IsEnding = false }) : new(SubscriptionProblems.NotRunning);

    /// <param name="subscription">The subscription.</param>
    /// <param name="plan">From the next period on; the present one: no change.</param>
    public static Moved ChangeNext(Subscription subscription, Plans.PlanChoice plan) =>
        subscription is not { State: SubscriptionState.Trialing or SubscriptionState.Active, Bill: null } ? new(SubscriptionProblems.NotRunning)
        : subscription.IsEnding ? new(SubscriptionProblems.Ending)
        : new(subscription with { NextPlan = plan.PlanId == subscription.Plan.PlanId ? null : plan });

    /// <summary>What an upgrade costs now; null, with why, where there is none.</summary>
    public static UpgradeQuote? Quote(Subscription subscription, Plans.PlanChoice plan, Plans.PlanNames names, DateTimeOffset now, out Problem? refusal)
    {
        refusal = subscription is not { State: SubscriptionState.Trialing or SubscriptionState.Active, Bill: null } ? SubscriptionProblems.NotRunning
            : subscription.IsEnding ? SubscriptionProblems.Ending
            : plan.Price.Amount <= subscription.Plan.Price.Amount ? SubscriptionProblems.NotAnUpgrade
            : null;
        if (refusal is not null) return null;
        var quote = Bills.Quote(subscription, plan, names, now);
        // A code for some plans alone may make the dearer one the cheaper.
        if (quote.Amount.Amount < 0) refusal = SubscriptionProblems.NotAnUpgrade;
        return refusal is null ? quote : null;
    }

    /// <param name="subscription">The subscription.</param>
    /// <param name="quote">As it is now.</param>
    /// <param name="amount">As it was shown.</param>
    /// <param name="returnUrl">Where the bank sends its owner.</param>
    /// <param name="now">When.</param>
    /// <param name="options">The rules.</param>
    public static Moved Upgrade(
        Subscription subscription, UpgradeQuote quote, decimal? amount, Uri returnUrl, DateTimeOffset now, SubscriptionOptions options)
    {
        if (quote.Amount.Amount != amount) return new(SubscriptionProblems.AmountChanged);
        if (amount == 0) return new(subscription with { Plan = quote.Plan, NextPlan = null });
        var bill = Bills.Upgrade(subscription, quote, returnUrl, options.UpgradeLife, now);
        return new(subscription with
        {
            Bill = bill, Sequence = subscription.Sequence + 1, Decline = null, Outbox = [.. subscription.Outbox, new(EffectKind.Owed, bill.Key, now, bill)],
        });
    }

    /// <summary>Opens a checkout for another card, unless one is open.</summary>
    public static Moved ChangeCard(Subscription subscription, string email, Uri returnUrl, DateTimeOffset now, SubscriptionOptions options) => subscription.Checkout is not null
        ? new(subscription)
        : new(subscription with
        {
            Sequence = subscription.Sequence + 1,
            Checkout = new OpenCheckout(
                string.Create(CultureInfo.InvariantCulture, $"sub:{subscription.Id}:card:{subscription.Sequence + 1}"), null, null, IsForCard: true, returnUrl,
                email, subscription.Plan.PlanId, now + options.CheckoutLife, now),
        });
}

/// <summary>One of both.</summary>
internal sealed record Moved(Subscription? Subscription, Problem? Refusal)
{
    public Moved(Subscription subscription)
        : this(subscription, null)
    {
    }

    public Moved(Problem refusal)
        : this(null, refusal)
    {
    }
}
