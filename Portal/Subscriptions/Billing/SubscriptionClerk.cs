using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Plans;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>Does what is due of a subscription, one step after the other: each asks the provider at most once and is then one write, which another
/// node's write makes void. So it may run anywhere, at any time, on several nodes at once, and may be killed at any point.</summary>
internal sealed class SubscriptionClerk(
    SubscriptionStore subscriptions, ProviderSteps provider, EffectRunner effects, PlanStore plans, AccountStore accounts, TimeProvider time,
    IOptions<SubscriptionOptions> options, ILogger<SubscriptionClerk> log)
{
    /// <summary>How long the provider is left alone after it did not answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    /// <summary>The subscription as it then stands; null when there is none.</summary>
    /// <param name="id">The subscription's.</param>
    /// <param name="isTold">The provider has news, or its owner says so: it is asked even before the time.</param>
    /// <param name="cancellationToken">Stops it between two steps.</param>
    public async Task<Subscription?> WorkAsync(string id, bool isTold, CancellationToken cancellationToken)
    {
        while (await subscriptions.GetAsync(id, cancellationToken) is { } stored)
        {
            Subscription? next;
            try
            {
                next = await StepAsync(stored.Value, isTold, cancellationToken);
            }
            catch (GatewayUnavailableException fault)
            {
                log.LogWarning(fault, "The payment provider does not answer about subscription {Subscription}.", id);
                var paused = stored.Value with { PausedUntil = time.GetUtcNow() + Pause };
                return (await subscriptions.ReplaceAsync(stored, paused, cancellationToken))?.Value ?? stored.Value;
            }

            if (next is null) return stored.Value;
            if (await subscriptions.ReplaceAsync(stored, next, cancellationToken) is not null) isTold &= stored.Value.Outbox.Count > 0;
        }

        return null;
    }

    /// <summary>What the next step makes of it; null where nothing is to be done now.</summary>
    private async Task<Subscription?> StepAsync(Subscription subscription, bool isTold, CancellationToken stop)
    {
        var (now, rules) = (time.GetUtcNow(), options.Value);
        if (subscription.Outbox.Count > 0)
        {
            await effects.RunAsync(subscription, stop);
            return subscription with { Outbox = [] };
        }

        if (subscription.IsEnded) return null;
        if (BillMoves.MayCharge(subscription.Bill) && await StayingAsync(subscription, stop) is null) return BillMoves.GiveUp(subscription);
        if (await provider.StepAsync(subscription, isTold, now, stop) is { } moved) return moved;
        if (subscription.State is not (SubscriptionState.Trialing or SubscriptionState.Active) || subscription.Bill is { Purpose: BillPurpose.Renewal }) return null;
        if (now >= subscription.Period!.End) return await TurnAsync(subscription, now, rules, stop);
        if (subscription.IsEnding || !(now >= subscription.RemindAt)) return null;
        if (await StayingAsync(subscription, stop) is not { } account) return PeriodMoves.RemindLater(subscription, now.AddDays(1));
        // Its owner may live by another clock by now.
        var at = BillingCalendar.ReminderOf(subscription.Period!, subscription.TimeZone, account.TimeZone, rules.ReminderDays);
        return at > now ? PeriodMoves.RemindLater(subscription, at.Value) : PeriodMoves.Remind(subscription, now);
    }

    /// <summary>The period is over.</summary>
    private async Task<Subscription> TurnAsync(Subscription subscription, DateTimeOffset now, SubscriptionOptions rules, CancellationToken stop)
    {
        if (subscription.Bill is not null) return BillMoves.GiveUp(subscription);
        return subscription.IsEnding || await StayingAsync(subscription, stop) is null ? PeriodMoves.End(subscription, subscription.Period!.End, now)
            : subscription.Method is null ? PeriodMoves.Pause(subscription, now)
            : PeriodMoves.Renew(subscription, await plans.NamesAsync(stop), now, rules);
    }

    /// <summary>Its owner; null where they are to be deleted, or shut out: they are charged no more.</summary>
    private async Task<Account?> StayingAsync(Subscription subscription, CancellationToken stop) =>
        await accounts.GetAsync(subscription.AccountId, stop) is { DeletionAt: null, Suspension: null } account ? account : null;
}
