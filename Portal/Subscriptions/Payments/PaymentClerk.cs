using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Gateways;

namespace FlickStream.Portal.Subscriptions.Payments;

/// <summary>Books what came back of payments and orders refunds. As <see cref="SubscriptionClerk"/> it may run anywhere, at any time, on several nodes
/// at once, and be killed at any point.</summary>
internal sealed class PaymentClerk(
    PaymentStore payments, IPaymentGateway gateway, PaymentEffects effects, SubscriptionClerk subscriptions, TimeProvider time, ILogger<PaymentClerk> log)
{
    /// <summary>The provider has news of a payment. False where it may be one of ours that is not known to be paid yet.</summary>
    /// <exception cref="GatewayUnavailableException">The provider does not answer.</exception>
    public async Task<bool> HearAsync(string id, CancellationToken stop)
    {
        if (await WorkAsync(id, isTold: true, stop) is not null) return true;
        if (await SubscriptionOfAsync(id, stop) is not { } subscriptionId) return true;
        return await subscriptions.WorkAsync(subscriptionId, isTold: true, stop) is null || await WorkAsync(id, isTold: true, stop) is not null;
    }

    /// <summary>The payment as it then stands; null where it is not in the books.</summary>
    /// <param name="id">The provider's.</param>
    /// <param name="isTold">The provider has news: it is asked even before the time.</param>
    /// <param name="stop">Stops it between two steps.</param>
    /// <exception cref="GatewayUnavailableException">The provider does not answer.</exception>
    public async Task<Payment?> WorkAsync(string id, bool isTold, CancellationToken stop)
    {
        while (await payments.OpenAsync(id, stop) is { } stored)
        {
            if (await StepAsync(stored.Value, isTold, stop) is not { } next) return stored.Value;
            if (await payments.ReplaceAsync(stored, next, stop) is not null) isTold &= stored.Value.Outbox.Count > 0;
        }

        return null;
    }

    private async Task<Payment?> StepAsync(Payment payment, bool isTold, CancellationToken stop)
    {
        if (payment.Outbox.Count > 0)
        {
            await effects.RunAsync(payment, stop);
            return payment with { Outbox = [] };
        }

        var now = time.GetUtcNow();
        if (!isTold && (payment.LookAt is null || now < payment.LookAt)) return null;
        if (!payment.IsAt(gateway)) return PaymentMoves.Unseen(payment, "provider_gone", now) with { LookAt = null };
        try
        {
            return await AskAsync(payment, now, stop);
        }
        catch (GatewayRefusedException refusal)
        {
            log.LogError(refusal, "The payment provider does not say what came back of payment {Payment}.", payment.Id);
            return PaymentMoves.Unseen(payment, refusal.Code, now);
        }
    }

    private async Task<Payment> AskAsync(Payment payment, DateTimeOffset now, CancellationToken stop)
    {
        var returns = await gateway.FindReturnsAsync(payment.Id, stop);
        // One whose answer was lost is there already: the provider forgets keys after a day.
        var seen = PaymentMoves.Seen(payment, returns, now);
        if (seen.Refunds.FirstOrDefault(refund => refund.IsWaiting) is not { } waiting) return seen;
        try
        {
            var order = new RefundOrder(PaymentMoves.KeyOf(payment, waiting), payment.Id, payment.SubscriptionId, waiting.Amount);
            return PaymentMoves.Seen(payment, returns with { Refunds = [.. returns.Refunds, await gateway.RefundAsync(order, stop)] }, now);
        }
        catch (GatewayRefusedException refusal)
        {
            log.LogError(refusal, "The payment provider refuses the refund {Refund} of payment {Payment}.", waiting.Key, payment.Id);
            return PaymentMoves.Seen(PaymentMoves.Refused(payment, waiting.Key, refusal.Code), returns, now);
        }
    }

    /// <summary>Null for what somebody else was paid at the same provider.</summary>
    private async Task<string?> SubscriptionOfAsync(string paymentId, CancellationToken stop)
    {
        try
        {
            return (await gateway.FindPaymentAsync(paymentId, stop)).SubscriptionId;
        }
        catch (GatewayRefusedException refusal)
        {
            log.LogInformation("The payment provider tells of payment {Payment} and will not show it: {Code}", paymentId, refusal.Code);
            return null;
        }
    }
}
