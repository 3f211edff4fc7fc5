using FlickStream.Platform.Problems;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Plans;

namespace FlickStream.Portal.Subscriptions.Owner;

/// <summary>Does what the owner of a subscription asks for, after what was due before and with what follows from it.</summary>
internal sealed class OwnerDesk(SubscriptionStore subscriptions, SubscriptionClerk clerk, PlanStore plans)
{
    /// <summary>The one that lives, with nothing due; null when there is none.</summary>
    public async Task<Subscription?> FindAsync(string accountId, CancellationToken stop) =>
        await subscriptions.OfAccountAsync(accountId, stop) is { } live && await clerk.WorkAsync(live.Id, isTold: false, stop) is { IsEnded: false } now ? now : null;

    /// <param name="accountId">Whose.</param>
    /// <param name="move">Pure; it may be asked again.</param>
    public async Task<Moved> MoveAsync(string accountId, Func<Subscription, Moved> move)
    {
        while (await FindAsync(accountId, CancellationToken.None) is { Id: var id } && await subscriptions.GetAsync(id, CancellationToken.None) is { } live)
        {
            var moved = move(live.Value);
            if (moved.Subscription is not { } next) return moved;
            if (next != live.Value && await subscriptions.ReplaceAsync(live, next, CancellationToken.None) is null) continue;
            if (await clerk.WorkAsync(id, isTold: false, CancellationToken.None) is { } now) return new Moved(now);
        }

        return new Moved(SubscriptionProblems.NotFound);
    }

    /// <summary>A plan that is offered, at its price in the subscription's currency; and what all are called.</summary>
    public async Task<(PlanChoice? Choice, PlanNames Names, Problem? Refusal)> ChooseAsync(string? planId, Subscription subscription, CancellationToken stop)
    {
        var all = await plans.ListAsync(stop);
        var names = new PlanNames(all);
        if (all.FirstOrDefault(plan => plan.Id == planId) is not { } plan) return (null, names, PlanProblems.NotFound);
        if (plan.Id == subscription.Plan.PlanId) return (subscription.Plan, names, null);
        if (!plan.Content.IsOffered) return (null, names, PlanProblems.NotOffered);
        return plan.Content.PriceIn(subscription.Plan.Price.Currency) is { } price
            ? (new PlanChoice(plan.Id, price), names, null) : (null, names, PlanProblems.CurrencyUnknown);
    }
}
