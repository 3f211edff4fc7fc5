using System.Globalization;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Plans;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>The steps of a subscription that are the provider's to answer: of its checkout first, then of its bill. What the provider refuses ends
/// there, so that it keeps nothing else of the subscription waiting.</summary>
internal sealed class ProviderSteps(IPaymentGateway gateway, PlanStore plans, IOptions<SubscriptionOptions> options, ILogger<ProviderSteps> log)
{
    /// <summary>What the next step makes of it; null where the provider is not to be asked now.</summary>
    /// <exception cref="GatewayUnavailableException">The provider does not answer.</exception>
    public async Task<Subscription?> StepAsync(Subscription subscription, bool isTold, DateTimeOffset now, CancellationToken stop)
    {
        try
        {
            if (subscription.Checkout is { } checkout && await CheckoutStepAsync(subscription, checkout, isTold, now, stop) is { } seen) return seen;
        }
        catch (GatewayRefusedException refusal)
        {
            log.LogError(refusal, "The payment provider refuses the checkout of subscription {Subscription}.", subscription.Id);
            return CheckoutMoves.Refused(subscription, refusal.Code, now);
        }

        try
        {
            return subscription.Bill is { } bill ? await BillStepAsync(subscription, bill, isTold, now, stop) : null;
        }
        catch (GatewayRefusedException refusal)
        {
            log.LogError(refusal, "The payment provider refuses the payment of {Bill}.", subscription.Bill!.Key);
            return BillMoves.Refused(subscription, refusal.Code, now, options.Value);
        }
    }

    private async Task<Subscription?> CheckoutStepAsync(Subscription subscription, OpenCheckout checkout, bool isTold, DateTimeOffset now, CancellationToken stop)
    {
        return checkout switch
        {
            // Nobody was given its address, and at the provider it has ended by itself.
            { Id: null } when now >= checkout.ExpiresAt => CheckoutMoves.Over(subscription, now),
            { Id: null } => CheckoutMoves.Opened(subscription, await gateway.OpenCheckoutAsync(CheckoutMoves.OrderOf(subscription), stop), now, options.Value),
            { Id: { } id } when (isTold || now >= checkout.LookAt) && now >= checkout.EndsAt => await SeenAsync(await gateway.CloseCheckoutAsync(id, stop)),
            { Id: { } id } when isTold || now >= checkout.LookAt => await SeenAsync(await gateway.FindCheckoutAsync(id, stop)),
            _ => null,
        };

        async Task<Subscription> SeenAsync(GatewayCheckout answer) =>
            CheckoutMoves.Seen(subscription, answer, await plans.NamesAsync(stop), now, options.Value);
    }

    private async Task<Subscription?> BillStepAsync(Subscription subscription, Bill bill, bool isTold, DateTimeOffset now, CancellationToken stop)
    {
        switch (bill.Step)
        {
            case BillStep.Preparing when bill.IsFree:
                return BillMoves.Paid(subscription, now, options.Value);
            case BillStep.Preparing:
                var order = new PaymentOrder(bill.PaymentKey, subscription.Id, subscription.Method!.CustomerId, bill.Total, bill.Lines[0].Text);
                return BillMoves.Prepared(subscription, (await gateway.PreparePaymentAsync(order, stop)).Id);
            case BillStep.Trying:
                var key = string.Create(CultureInfo.InvariantCulture, $"{bill.Key}:try:{bill.Tries}");
                return Seen(await gateway.TryPaymentAsync(new PaymentTry(key, bill.PaymentId!, bill.Method!, bill.ReturnUrl), stop));
            case BillStep.GivingUp:
                return bill.PaymentId is null ? BillMoves.GivenUp(subscription, now) : Seen(await gateway.CancelPaymentAsync(bill.PaymentId, stop));
            case BillStep.Waiting or BillStep.Declined when now >= bill.GiveUpAt:
                return BillMoves.GiveUp(subscription);
            case BillStep.Waiting when isTold || now >= bill.NextAt:
                return Seen(await gateway.FindPaymentAsync(bill.PaymentId!, stop));
            case BillStep.Declined when now >= bill.NextAt:
                return BillMoves.Again(subscription);
            default:
                return now >= bill.GraceEnd && subscription.State != SubscriptionState.Unpaid ? PeriodMoves.LoseAccess(subscription, now) : null;
        }

        Subscription Seen(GatewayPayment payment) => BillMoves.Seen(subscription, payment, now, options.Value);
    }
}
