using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Checkout;

/// <param name="IsEntitled">Whether its owner may watch at this moment.</param>
/// <param name="NextPlan">From the end of the period on; null: the same.</param>
/// <param name="IsEnding">It ends with the period.</param>
/// <param name="PeriodStart">Of what is paid for, or the trial; null before.</param>
/// <param name="Discount">The code that lowers the next charge.</param>
/// <param name="CheckoutUrl">Where to send its owner to give a card; null where nothing is open.</param>
/// <param name="Payment">What is being charged; null usually.</param>
/// <param name="Decline">The provider's code, where the latest charge was declined.</param>
internal sealed record SubscriptionAnswer(
    string Id, SubscriptionState State, bool IsEntitled, PlanChoice Plan, PlanChoice? NextPlan, bool IsEnding, DateTimeOffset? PeriodStart,
    DateTimeOffset? PeriodEnd, string? Discount, Uri? CheckoutUrl, OpenPayment? Payment, string? Decline, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt)
{
    public static SubscriptionAnswer Of(Subscription subscription, DateTimeOffset now) => new(
        subscription.Id, subscription.State, subscription.PlanAt(now) is not null, subscription.Plan, subscription.NextPlan, subscription.IsEnding,
        subscription.Period?.Start, subscription.Period?.End, subscription.NextDiscount?.Code, subscription.Checkout?.Url, OpenPayment.Of(subscription.Bill, now),
        subscription.Decline, subscription.CreatedAt, subscription.EndedAt);
}

/// <param name="Url">Where its owner shows their bank who they are; null where that is not asked.</param>
/// <param name="NextTryAt">Null where only another card helps.</param>
/// <param name="WatchUntil">Of a renewal: until then its owner may watch while it is not paid; null once they may not.</param>
internal sealed record OpenPayment(BillPurpose Purpose, Money Amount, Uri? Url, DateTimeOffset? NextTryAt, DateTimeOffset? WatchUntil)
{
    public static OpenPayment? Of(Bill? bill, DateTimeOffset now) => bill is null ? null : new(
        bill.Purpose, bill.Total, bill.ActionUrl, bill.Step == BillStep.Declined ? bill.NextAt : null, now < bill.GraceEnd ? bill.GraceEnd : null);
}
