using FlickStream.Portal.Accounts;
using FlickStream.Portal.Mail;
using FlickStream.Portal.Subscriptions.Invoices;

namespace FlickStream.Portal.Subscriptions.Payments;

/// <summary>What people are written of their money that came back, each once by its business identity.</summary>
internal sealed class PaymentLetters(MailQueue mail, AccountStore accounts)
{
    public async Task SendAsync(Payment payment, PaymentEffect effect, CancellationToken stop)
    {
        if (LetterOf(payment, effect) is { } written && await accounts.GetAsync(payment.AccountId, stop) is { } account)
            await mail.PostAsync(new Letter(account.Email, written.Subject, written.Text), stop, $"{effect.Kind}:{effect.Key}");
    }

    /// <summary>Null where there is nothing to tell.</summary>
    private static (string Subject, string Text)? LetterOf(Payment payment, PaymentEffect effect)
    {
        var (amount, invoice) = (effect.Amount, Invoice.NameOf(payment.InvoiceNumber));
        return (effect.Kind, amount.Amount > 0) switch
        {
            (PaymentEffectKind.Refunded, true) => ("We have paid you back", $"""
                We have paid {amount} of invoice {invoice} back to your card. Your bank shows it in five to ten days. The credit note is in your account.
                """),
            (PaymentEffectKind.Refunded, false) => ("Your bank did not take our refund", $"""
                Your bank did not take the {amount.Negated()} that we paid back of invoice {invoice}. Write to us how you would like to have it.
                """),
            (PaymentEffectKind.Held, true) => ("Your bank asks for a payment back", $"""
                Your bank has taken back {amount} that you paid by invoice {invoice}, and decides about it. If that is a mistake, tell your bank.

                You can watch on meanwhile. If your bank decides that you did not owe it, your subscription ends.
                """),
            (PaymentEffectKind.ChargedBack, true) => ("Your bank has taken a payment back", $"""
                Your bank has decided that you have {amount} of invoice {invoice} back. The subscription that it was for has ended, and your card is charged no more.
                """),
            _ => null,
        };
    }
}
