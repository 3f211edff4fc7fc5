using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Promotions;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>What the passing of time makes of a subscription.</summary>
internal static class PeriodMoves
{
    public static Subscription Into(Subscription subscription, Period period, SubscriptionOptions options) =>
        subscription with { Period = period, RemindAt = BillingCalendar.BeforeReminderOf(period, subscription.TimeZone, options.ReminderDays) };

    /// <summary>Opens the bill of the next period.</summary>
    public static Subscription Renew(Subscription subscription, PlanNames names, DateTimeOffset now, SubscriptionOptions options)
    {
        var before = subscription.Period!;
        var period = BillingCalendar.Next(before, subscription.TimeZone, now, options.Grace, subscription.NextDiscount);
        return Bill(subscription, names, period, before.GraceEnd, now, options);
    }

    /// <summary>After a pause: the months are counted from now on.</summary>
    public static Subscription GoOn(Subscription subscription, PlanNames names, DateTimeOffset now, SubscriptionOptions options) =>
        Bill(subscription, names, BillingCalendar.First(now, subscription.TimeZone, options.Grace, subscription.NextDiscount), now, now, options);

    public static Subscription Pause(Subscription subscription, DateTimeOffset now) => subscription with
    {
        State = SubscriptionState.Paused, RemindAt = null, Outbox = [.. subscription.Outbox, new(EffectKind.Paused, $"sub:{subscription.Id}", now)],
    };

    public static Subscription LoseAccess(Subscription subscription, DateTimeOffset now) => subscription with
    {
        State = SubscriptionState.Unpaid,
        Outbox = subscription.Bill!.HasNoGrace ? subscription.Outbox : [.. subscription.Outbox, new(EffectKind.AccessLost, subscription.Bill.Key, now)],
    };

    public static Subscription RemindLater(Subscription subscription, DateTimeOffset at) => subscription with { RemindAt = at };

    public static Subscription Remind(Subscription subscription, DateTimeOffset now) => subscription with
    {
        RemindAt = null,
        Outbox = [.. subscription.Outbox, new(EffectKind.Reminder, $"sub:{subscription.Id}:until:{subscription.Period!.End.ToUnixTimeSeconds()}", now)],
    };

    /// <param name="subscription">Without a bill.</param>
    /// <param name="at">Its last moment.</param>
    /// <param name="now">When it is decided.</param>
    public static Subscription End(Subscription subscription, DateTimeOffset at, DateTimeOffset now) => subscription with
    {
        State = SubscriptionState.Canceled, EndedAt = at, NextPlan = null, RemindAt = null, Checkout = null,
        Outbox = [.. subscription.Outbox, new(EffectKind.Ended, $"sub:{subscription.Id}", now)],
    };

    private static Subscription Bill(
        Subscription subscription, PlanNames names, Period period, DateTimeOffset graceEnd, DateTimeOffset now, SubscriptionOptions options)
    {
        var plan = subscription.NextPlan ?? subscription.Plan;
        var bill = Bills.Renewal(subscription.Id, plan, names.Of(plan), period, graceEnd, options.GiveUpAfter, now);
        return subscription with
        {
            Plan = plan, NextPlan = null, Bill = bill, RemindAt = null, Discount = period.Discount is null ? subscription.Discount : Less(period.Discount), Decline = null,
            Outbox = [.. subscription.Outbox, new(EffectKind.Owed, bill.Key, now, bill)],
        };
    }

    public static Discount? Less(Discount? discount) => discount switch
    {
        { PeriodsLeft: 1 } => null,
        { PeriodsLeft: { } left } => discount with { PeriodsLeft = left - 1 },
        _ => discount,
    };
}
