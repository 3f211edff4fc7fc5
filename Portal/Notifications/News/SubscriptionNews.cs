using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Billing;

namespace FlickStream.Portal.Notifications.News;

/// <summary>Puts into the app what billing writes letters about, and renewals that were paid.</summary>
internal sealed class SubscriptionNews(Notifier notifier) : ISubscriberNews
{
    public async Task TellAsync(Subscription subscription, Effect effect, CancellationToken stop)
    {
        if (Of(subscription, effect) is (var kind, var about))
            await notifier.TellAsync(new Notice(subscription.AccountId, null, kind, $"{effect.Kind}:{effect.Key}", about), stop);
    }

    private static (NotificationKind Kind, About About)? Of(Subscription subscription, Effect effect)
    {
        return effect switch
        {
            { Kind: EffectKind.Reminder } => (NotificationKind.RenewalReminder, Renewal()),
            { Kind: EffectKind.Paid, Bill: { Purpose: BillPurpose.Renewal } bill } => (NotificationKind.Renewed, Of(bill, bill.Period?.End)),
            { Kind: EffectKind.PaymentFailed, Bill: { } bill } => (NotificationKind.PaymentFailed, Of(bill, bill.GraceEnd)),
            { Kind: EffectKind.AccessLost } => (NotificationKind.AccessLost, new() { PlanId = subscription.Plan.PlanId }),
            { Kind: EffectKind.Ended } => (NotificationKind.SubscriptionEnded, new() { PlanId = subscription.Plan.PlanId }),
            _ => null,
        };

        About Renewal()
        {
            var next = subscription.NextPlan ?? subscription.Plan;
            return new() { PlanId = next.PlanId, Price = $"{subscription.NextDiscount?.Off(next) ?? next.Price}", Day = DayOf(subscription.Period?.End) };
        }

        About Of(Bill bill, DateTimeOffset? day) => new() { PlanId = bill.Plan.PlanId, Price = $"{bill.Total}", Day = DayOf(day) };

        string? DayOf(DateTimeOffset? at) => at is null ? null : BillingCalendar.DateOf(at.Value, subscription.TimeZone);
    }
}
