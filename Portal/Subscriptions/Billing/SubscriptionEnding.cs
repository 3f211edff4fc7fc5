using FlickStream.Portal.Subscriptions.Gateways;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>Ends a subscription at once, whatever is paid for.</summary>
internal sealed class SubscriptionEnding(SubscriptionStore subscriptions, SubscriptionClerk clerk, TimeProvider time)
{
    /// <exception cref="GatewayUnavailableException">What the provider charges must be ended first, and it does not answer.</exception>
    public async Task EndAsync(string id, CancellationToken stop)
    {
        while (await subscriptions.GetAsync(id, stop) is { Value.IsEnded: false } live)
        {
            await subscriptions.ReplaceAsync(live, OwnerMoves.Leave(live.Value, time.GetUtcNow()), stop);
            if (await clerk.WorkAsync(id, isTold: false, stop) is { IsEnded: false, PausedUntil: { } until } && until > time.GetUtcNow())
                throw new GatewayUnavailableException("What is being charged must be ended first.");
        }

        // What a run that was broken off left to do.
        await clerk.WorkAsync(id, isTold: false, stop);
    }
}
