using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Ledger;

namespace FlickStream.Portal.Subscriptions.Payments;

internal sealed class PaymentStore(IDocuments documents, LedgerBook ledger, InvoiceStore invoices)
{
    private readonly IDocumentSet<Payment> _payments = documents.Set(Payment.Schema);

    /// <summary>Of the books, where nothing came back before; null where it is not in them, or not yet.</summary>
    public async Task<Stored<Payment>?> OpenAsync(string id, CancellationToken stop)
    {
        while (true)
        {
            if (await _payments.GetAsync(id, stop) is { } known) return known;
            if (await ledger.FindPaidAsync(id, stop) is not { } paid) return null;
            var billKey = LedgerBook.BillKeyOf(paid);
            if (await invoices.OfBillAsync(billKey, stop) is not { } invoice) return null;
            var payment = new Payment
            {
                Id = id, SubscriptionId = paid.SubscriptionId, AccountId = invoice.AccountId, BillKey = billKey, InvoiceNumber = invoice.Number, Amount = invoice.Total,
                PaidAt = invoice.PaidAt, Provider = LedgerBook.ProviderOf(paid),
            };
            if (await _payments.InsertAsync(id, payment, stop) is { } opened) return opened;
        }
    }

    /// <summary>Null where nothing came back of it.</summary>
    public async Task<Payment?> GetAsync(string id, CancellationToken stop) => (await _payments.GetAsync(id, stop))?.Value;

    /// <summary>Null when somebody else wrote since it was read.</summary>
    public Task<Stored<Payment>?> ReplaceAsync(Stored<Payment> seen, Payment next, CancellationToken stop) =>
        _payments.ReplaceAsync(seen.Id, seen.Version, next, stop);

    /// <summary>Those that there is something to do about, the longest waiting first.</summary>
    public IAsyncEnumerable<Stored<Payment>> DueAsync(DateTimeOffset now, CancellationToken stop) =>
        _payments.QueryAllAsync(new() { Filters = [DocumentFilter.AtMost("due", now)], Sort = [new("due")] }, stop);
}
