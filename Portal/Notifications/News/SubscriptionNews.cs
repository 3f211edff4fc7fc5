using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Plans;

namespace FlickStream.Portal.Notifications.News;

/// <summary>Puts into the app what billing writes letters about, and renewals that were paid.</summary>
internal sealed class SubscriptionNews(Notifier notifier, PlanStore plans) : ISubscriberNews
{
    public async Task TellAsync(Subscription subscription, Effect effect, CancellationToken stop)
    {
        if (Of(subscription, effect) is var (kind, plan, about))
        {
            var named = about with { PlanId = plan.PlanId, PlanName = (await plans.NamesAsync(stop)).Of(plan) };
            await notifier.TellAsync(new Notice(subscription.AccountId, null, kind, $"{effect.Kind}:{effect.Key}", named), stop);
        }
    }

    private static (NotificationKind Kind, PlanChoice Plan, About About)? Of(Subscription subscription, Effect effect)
    {
        return effect switch
        {
            { Kind: EffectKind.Reminder } when subscription.Method is null => (NotificationKind.TrialEnding, Next(), Renewal(Next())),
            { Kind: EffectKind.Paused } => (NotificationKind.TrialEnded, Next(), new()),
            { Kind: EffectKind.Reminder } => (NotificationKind.RenewalReminder, Next(), Renewal(Next())),
            { Kind: EffectKind.Paid, Bill: { Purpose: BillPurpose.Renewal } bill } => (NotificationKind.Renewed, bill.Plan, Of(bill, bill.Period?.End)),
            { Kind: EffectKind.PaymentFailed, Bill: { } bill } => (NotificationKind.PaymentFailed, bill.Plan, Of(bill, effect.At < bill.GraceEnd ? bill.GraceEnd : null)),
            { Kind: EffectKind.AccessLost } => (NotificationKind.AccessLost, subscription.Plan, new()),
            { Kind: EffectKind.Ended } => (NotificationKind.SubscriptionEnded, subscription.Plan, new()),
            _ => null,
        };

        PlanChoice Next() => subscription.NextPlan ?? subscription.Plan;

        About Renewal(PlanChoice next) => new() { Price = $"{subscription.NextDiscount?.Off(next) ?? next.Price}", Day = DayOf(subscription.Period?.End) };

        About Of(Bill bill, DateTimeOffset? day) => new() { Price = $"{bill.Total}", Day = DayOf(day) };

        string? DayOf(DateTimeOffset? at) => at is null ? null : BillingCalendar.DateOf(at.Value, subscription.TimeZone);
    }
}
