using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Gateways.Sandbox;

/// <summary>What people do on the sandbox's pages.</summary>
internal sealed class SandboxCounter(IDocuments documents, SandboxEvents events, TimeProvider time)
{
    private readonly IDocumentSet<SandboxCheckout> _checkouts = documents.Set(SandboxCheckout.Schema);
    private readonly IDocumentSet<SandboxPayment> _payments = documents.Set(SandboxPayment.Schema);
    private readonly IDocumentSet<SandboxCard> _cards = documents.Set(SandboxCard.Schema);

    public async Task<SandboxCheckout?> FindCheckoutAsync(string id, CancellationToken stop) => (await _checkouts.GetAsync(id, stop))?.Value;

    public async Task<SandboxPayment?> FindPaymentAsync(string id, CancellationToken stop) => (await _payments.GetAsync(id, stop))?.Value;

    /// <summary>Gives a card and pays; the checkout as it then stands. What is complete stays as it is.</summary>
    public async Task<SandboxCheckout> PayAsync(SandboxCheckout checkout, string card, CancellationToken stop)
    {
        var paymentId = checkout.Amount.Amount > 0 ? SandboxGateway.IdOf("pi", checkout.Id) : null;
        var cardId = $"pm_{Guid.NewGuid():n}";
        await _cards.InsertAsync(cardId, new SandboxCard(cardId, card, checkout.CustomerId), stop);
        var isMine = false;
        var paid = await _checkouts.UpdateAsync(checkout.Id, Complete, stop) ?? throw new InvalidOperationException($"The checkout {checkout.Id} is gone.");
        if (!isMine) return paid.Value;
        if (paymentId is not null)
        {
            var payment = new SandboxPayment { Id = paymentId, SubscriptionId = checkout.SubscriptionId, Amount = checkout.Amount, State = PaymentState.Paid };
            await _payments.InsertAsync(paymentId, payment, stop);
        }

        await events.AddAsync("checkout.session.completed", checkout.SubscriptionId, stop);
        return paid.Value;

        SandboxCheckout? Complete(SandboxCheckout now)
        {
            isMine = now.State == CheckoutState.Open && time.GetUtcNow() < now.ExpiresAt;
            return isMine ? now with { State = CheckoutState.Complete, CardId = cardId, PaymentId = paymentId } : null;
        }
    }

    /// <summary>Shows the bank who they are, or fails to.</summary>
    public async Task AuthenticateAsync(SandboxPayment payment, bool isShown, CancellationToken stop)
    {
        await _payments.UpdateAsync(payment.Id, Authenticated, stop);
        await events.AddAsync(isShown ? "payment_intent.succeeded" : "payment_intent.payment_failed", payment.SubscriptionId, stop);

        SandboxPayment? Authenticated(SandboxPayment now) => now.State != PaymentState.NeedsAction ? null
            : isShown ? now with { State = PaymentState.Paid }
            : now with { State = PaymentState.Open, Decline = Decline.Of("payment_intent_authentication_failure") };
    }
}
