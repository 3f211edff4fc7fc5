using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Credits;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Ledger;

namespace FlickStream.Portal.Subscriptions.Payments;

/// <summary>Does what follows from what came back. It may be broken off anywhere and begun anew.</summary>
internal sealed class PaymentEffects(
    LedgerBook ledger, CreditNoteStore notes, InvoiceStore invoices, PaymentLetters letters, SubscriptionEnding ending, AccountStore accounts, IPaymentGateway gateway)
{
    public async Task RunAsync(Payment payment, CancellationToken stop)
    {
        foreach (var effect in payment.Outbox) await RunAsync(payment, effect, stop);
    }

    private async Task RunAsync(Payment payment, PaymentEffect effect, CancellationToken stop)
    {
        await ledger.ReturnAsync(payment, effect, payment.Provider ?? gateway.Name, stop);
        if (effect.Kind != PaymentEffectKind.Held) await CreditAsync(payment, effect, stop);
        await letters.SendAsync(payment, effect, stop);
        // Whoever has their bank take a payment back, and is given right, watches no more for what they paid.
        if (effect is { Kind: PaymentEffectKind.ChargedBack, Amount.Amount: > 0 }) await ending.EndAsync(payment.SubscriptionId, stop);
    }

    private async Task CreditAsync(Payment payment, PaymentEffect effect, CancellationToken stop)
    {
        var invoice = await invoices.GetAsync(payment.InvoiceNumber, stop) ?? throw new InvalidOperationException($"The invoice {payment.InvoiceNumber} is gone.");
        var email = await accounts.GetAsync(payment.AccountId, stop) is { IsBeingDeleted: false } account ? account.Email : null;
        await notes.AddAsync(
            new CreditNote
            {
                Number = 0, Key = effect.Key, InvoiceNumber = payment.InvoiceNumber, AccountId = payment.AccountId,
                Email = email, At = effect.At, TimeZone = invoice.TimeZone,
                Reason = effect.Kind == PaymentEffectKind.Refunded ? CreditReason.Refund : CreditReason.Chargeback, Amount = effect.Amount,
            },
            stop);
    }
}
