using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Ledger;
using FlickStream.Portal.Subscriptions.Letters;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>Does what follows from decisions. It may be broken off anywhere and begun anew.</summary>
internal sealed class EffectRunner(
    LedgerBook ledger, InvoiceStore invoices, SubscriptionLetters letters, AccountStore accounts, IPaymentGateway gateway, IEnumerable<ISubscriberNews> news)
{
    public async Task RunAsync(Subscription subscription, CancellationToken stop)
    {
        foreach (var effect in subscription.Outbox)
        {
            await RunAsync(subscription, effect, stop);
            foreach (var listener in news) await listener.TellAsync(subscription, effect, stop);
        }
    }

    private Task RunAsync(Subscription subscription, Effect effect, CancellationToken stop) => effect switch
    {
        { Kind: EffectKind.Owed, Bill: { } bill } => ledger.OweAsync(subscription.Id, bill, effect.At, stop),
        { Kind: EffectKind.Paid, Bill: { } bill } => PayAsync(subscription, bill, effect.At, stop),
        { Kind: EffectKind.WrittenOff, Bill: { } bill } => ledger.WriteOffAsync(subscription.Id, bill, effect.At, stop),
        { Kind: EffectKind.Reminder } => letters.SendReminderAsync(subscription, effect, stop),
        { Kind: EffectKind.PaymentFailed } => letters.SendPaymentFailedAsync(subscription, effect, stop),
        { Kind: EffectKind.AccessLost } => letters.SendAccessLostAsync(subscription, effect, stop),
        { Kind: EffectKind.Paused } => letters.SendPausedAsync(subscription, effect, stop),
        { Kind: EffectKind.Ended } => letters.SendEndedAsync(subscription, effect, stop),
        _ => throw new InvalidOperationException($"Nothing is known of the effect {effect.Kind}."),
    };

    private async Task PayAsync(Subscription subscription, Bill bill, DateTimeOffset at, CancellationToken stop)
    {
        await ledger.PayAsync(subscription.Id, bill, gateway.Name, at, stop);
        var email = await accounts.GetAsync(subscription.AccountId, stop) is { IsBeingDeleted: false } account ? account.Email : null;
        await invoices.AddAsync(
            new Invoice
            {
                Number = 0, BillKey = bill.Key, AccountId = subscription.AccountId, SubscriptionId = subscription.Id, Email = email, PaidAt = at,
                PeriodStart = bill.Period!.Start, PeriodEnd = bill.Period.End, TimeZone = subscription.TimeZone, Lines = bill.Lines, Total = bill.Total,
            },
            stop);
    }
}
