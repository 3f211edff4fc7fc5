using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Credits;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Promotions;

namespace FlickStream.Portal.Subscriptions;

/// <summary>Of whose account goes, the subscription ends at once and nothing is charged any more; the provider removes the customer, and the
/// subscriptions go. Invoices, credit notes, payments that came back, and the ledger are kept, as tax law demands (in the EU for six to ten years):
/// without the person's address, and by the id of an account that there is no more.</summary>
internal sealed class SubscriptionData(
    SubscriptionStore subscriptions, SubscriptionClerk clerk, SubscriptionEnding ending, PromoStore promotions, InvoiceStore invoices, CreditNoteStore notes,
    IPaymentGateway gateway, TimeProvider time) : IPersonalData
{
    public string Section => "subscriptions";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken)
    {
        var (all, paid, back) = (new List<SubscriptionAnswer>(), new List<InvoiceAnswer>(), new List<CreditNoteAnswer>());
        if (await subscriptions.OfAccountAsync(accountId, cancellationToken) is { Value: { IsBegun: false } open }) all.Add(SubscriptionAnswer.Of(open, time.GetUtcNow()));
        await foreach (var (_, _, one) in subscriptions.BegunAsync(accountId, cancellationToken)) all.Add(SubscriptionAnswer.Of(one, time.GetUtcNow()));
        await foreach (var invoice in invoices.AllAsync(accountId, cancellationToken)) paid.Add(InvoiceAnswer.Of(invoice.Value));
        await foreach (var note in notes.AllAsync(accountId, cancellationToken)) back.Add(CreditNoteAnswer.Of(note.Value));
        return new { subscriptions = all, invoices = paid, creditNotes = back, promoCodes = await promotions.OfAccountAsync(accountId, cancellationToken).ToListAsync(cancellationToken) };
    }

    public async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        while (await subscriptions.OfAccountAsync(accountId, cancellationToken) is { } live) await ending.EndAsync(live.Id, cancellationToken);
        // By what they subscribed to it is known which places they used.
        await promotions.ForgetPersonAsync(accountId, cancellationToken);
        await foreach (var past in subscriptions.AllAsync(accountId, cancellationToken))
        {
            // What a run that was broken off left to do makes the last invoices.
            await clerk.WorkAsync(past.Id, isTold: false, cancellationToken);
            if (past.Value.Method is { } method) await gateway.ForgetCustomerAsync(method.CustomerId, cancellationToken);
            await subscriptions.RemoveAsync(past.Id, cancellationToken);
        }

        await invoices.ForgetPersonAsync(accountId, cancellationToken);
        await notes.ForgetPersonAsync(accountId, cancellationToken);
    }
}
