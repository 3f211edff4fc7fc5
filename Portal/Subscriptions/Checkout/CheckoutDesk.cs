using FlickStream.Platform.Problems;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Promotions;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Checkout;

/// <summary>Begins subscriptions.</summary>
internal sealed class CheckoutDesk(
    SubscriptionStore subscriptions, SubscriptionClerk clerk, PlanStore plans, PromoStore promotions, AccountStore accounts, TimeProvider time,
    IOptions<SubscriptionOptions> options, IOptions<AccountOptions> site)
{
    /// <summary>Where the provider sends people back to.</summary>
    public Uri ReturnUrl(HttpContext http) =>
        new($"{site.Value.PublicUrl?.ToString().TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}"}/account/subscription");

    /// <summary>The subscription, with a checkout that is open, and whether it was not there before; or why there is none.</summary>
    public async Task<(Subscription? Subscription, bool IsNew, Problem? Refusal)> BeginAsync(
        string accountId, SubscribeRequest request, Uri returnUrl, CancellationToken stop)
    {
        if (request.PlanId is not { } planId || await plans.GetAsync(planId, stop) is not { } plan) return (null, false, PlanProblems.NotFound);
        if (!plan.Content.IsOffered) return (null, false, PlanProblems.NotOffered);
        if (plan.Content.PriceIn(request.Currency) is not { } price) return (null, false, PlanProblems.CurrencyUnknown);
        if (await accounts.GetAsync(accountId, stop) is not { } account) return (null, false, AccountProblems.SessionNotFound);

        var (choice, now) = (new PlanChoice(planId, price), time.GetUtcNow());
        // Before a place is held: whoever has a subscription would keep it from another for a day.
        if (await IsBegunAsync(accountId, stop)) return (null, false, SubscriptionProblems.Exists);
        Discount? discount = null;
        if (request.PromoCode is { Length: > 0 } written)
        {
            var promo = PromoRules.CodeOf(written) is { } code ? await promotions.GetAsync(code, stop) : null;
            discount = PromoRules.DiscountOf(promo, choice, now, out var unfit);
            if (discount is null) return (null, false, unfit);
            if (await promotions.HoldAsync(promo!, accountId, stop) is { } refused)
                return (null, false, await IsBegunAsync(accountId, stop) ? SubscriptionProblems.Exists : refused);
        }

        var begun = await OpenAsync(account, plan, choice, discount, returnUrl, stop);
        if (begun.Refusal is not null && discount is not null) await promotions.ReleaseAsync(discount.Code, accountId, CancellationToken.None);
        return begun;
    }

    private async Task<(Subscription? Subscription, bool IsNew, Problem? Refusal)> OpenAsync(
        Account account, Plan plan, PlanChoice choice, Discount? discount, Uri returnUrl, CancellationToken stop)
    {
        while (true)
        {
            if (await subscriptions.OfAccountAsync(account.Id, stop) is { } live)
            {
                if (live.Value.State != SubscriptionState.Incomplete) return (null, false, SubscriptionProblems.Exists);
                if (live.Value.Plan == choice && live.Value.PromoCode == discount?.Code)
                    return (await clerk.WorkAsync(live.Id, isTold: true, CancellationToken.None), false, null);
                if (await CloseAsync(live.Id) is { } open) return (null, false, open);
                continue;
            }

            var subscription = await NewAsync(account, plan, choice, discount, returnUrl, stop);
            // Whoever was first to begin one has it.
            if (!await subscriptions.AddAsync(subscription, CancellationToken.None)) continue;
            return (await clerk.WorkAsync(subscription.Id, isTold: false, CancellationToken.None), true, null);
        }
    }

    private async Task<Subscription> NewAsync(Account account, Plan plan, PlanChoice choice, Discount? discount, Uri returnUrl, CancellationToken stop)
    {
        var (id, now) = (SubscriptionStore.NewId(), time.GetUtcNow());
        var trialDays = plan.Content.TrialDays > 0 && !await subscriptions.HadTrialAsync(account.Id, stop) ? plan.Content.TrialDays : 0;
        var subscription = new Subscription
        {
            Id = id, AccountId = account.Id, State = SubscriptionState.Incomplete, Plan = choice, TimeZone = account.TimeZone, TrialDays = trialDays, CreatedAt = now,
            Bill = trialDays > 0 ? null : Bills.First(id, choice, plan.Content.Name!, discount, now),
            PromoCode = discount?.Code, Discount = trialDays > 0 ? discount : PeriodMoves.Less(discount),
            Checkout = new OpenCheckout($"sub:{id}:checkout", null, null, IsForCard: false, returnUrl, account.Email, plan.Content.Name!, now + options.Value.CheckoutLife, now),
        };
        return trialDays > 0 && !options.Value.TrialNeedsCard ? CheckoutMoves.Begun(subscription with { Checkout = null }, null, now, options.Value) : subscription;
    }

    private async Task<bool> IsBegunAsync(string accountId, CancellationToken stop) =>
        await subscriptions.OfAccountAsync(accountId, stop) is { Value.State: not SubscriptionState.Incomplete };

    /// <summary>Ends what is begun and not finished, unless it was finished meanwhile. Why it cannot be ended now; null where it is over.</summary>
    private async Task<Problem?> CloseAsync(string id)
    {
        while (await subscriptions.GetAsync(id, CancellationToken.None) is { Value: { State: SubscriptionState.Incomplete, Checkout: not null } } live)
        {
            await subscriptions.ReplaceAsync(live, CheckoutMoves.Close(live.Value, time.GetUtcNow()), CancellationToken.None);
            var left = await clerk.WorkAsync(id, isTold: false, CancellationToken.None);
            if (left is { State: SubscriptionState.Incomplete, PausedUntil: { } until } && until > time.GetUtcNow()) return SubscriptionProblems.PaymentsUnavailable;
        }

        return null;
    }
}
