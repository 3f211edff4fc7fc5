using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Invoices;

namespace FlickStream.Portal.Subscriptions;

/// <summary>Of whose account goes, the subscription ends at once and nothing is charged any more. Invoices and the ledger are kept, as tax law demands
/// (in the EU for six to ten years): invoices without the person's address, both without anything else of them.</summary>
internal sealed class SubscriptionData(SubscriptionStore subscriptions, SubscriptionClerk clerk, InvoiceStore invoices, TimeProvider time) : IPersonalData
{
    public string Section => "subscriptions";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken)
    {
        var (all, paid) = (new List<SubscriptionAnswer>(), new List<InvoiceAnswer>());
        await foreach (var (_, _, one) in subscriptions.HistoryAsync(accountId, cancellationToken)) all.Add(SubscriptionAnswer.Of(one, time.GetUtcNow()));
        await foreach (var invoice in invoices.AllAsync(accountId, cancellationToken)) paid.Add(InvoiceAnswer.Of(invoice.Value));
        return new { subscriptions = all, invoices = paid };
    }

    public async Task DeleteAsync(string accountId, CancellationToken cancellationToken)
    {
        while (await subscriptions.OfAccountAsync(accountId, cancellationToken) is { } live)
        {
            await subscriptions.ReplaceAsync(live, OwnerMoves.Leave(live.Value, time.GetUtcNow()), cancellationToken);
            if (await clerk.WorkAsync(live.Id, isTold: false, cancellationToken) is { IsEnded: false, PausedUntil: { } until } && until > time.GetUtcNow())
                throw new InvalidOperationException("The payment provider does not answer; what it charges must be ended first.");
        }

        // What a run that was broken off left to do makes the last invoices.
        await foreach (var past in subscriptions.HistoryAsync(accountId, cancellationToken)) await clerk.WorkAsync(past.Id, isTold: false, cancellationToken);
        await invoices.ForgetPersonAsync(accountId, cancellationToken);
    }
}
