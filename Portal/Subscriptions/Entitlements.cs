using FlickStream.Portal.Subscriptions.Plans;

namespace FlickStream.Portal.Subscriptions;

/// <summary>Read anew each time, so that another plan, and another content of a plan, hold at the next question.</summary>
internal sealed class Entitlements(SubscriptionStore subscriptions, PlanStore plans, TimeProvider time) : IEntitlements
{
    public async ValueTask<Entitlement?> OfAsync(string accountId, CancellationToken stop) =>
        await subscriptions.OfAccountAsync(accountId, stop) is { Value: var subscription } && subscription.PlanAt(time.GetUtcNow()) is { } planId
        && await plans.GetAsync(planId, stop) is { Content: var plan }
            ? new Entitlement(planId, plan.MaxHeight, plan.Streams, plan.Profiles) : null;
}
