using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Invoices;

internal sealed class InvoiceStore(IDocuments documents)
{
    private readonly IDocumentSet<Invoice> _invoices = documents.Set(Invoice.Schema);

    /// <summary>Gives it the next number. One of the same bill that is there already stays as it is.</summary>
    /// <param name="invoice">Whatever its number.</param>
    /// <param name="stop">Stops it.</param>
    public async Task AddAsync(Invoice invoice, CancellationToken stop)
    {
        while (!await HasAsync(invoice.BillKey, stop))
        {
            var last = (await _invoices.QueryAsync(new() { Sort = [new("number", Descending: true)], Limit = 1 }, stop)).Items is [var found] ? found.Value.Number : 0;
            // Whoever is second to the same number takes the next one, and whoever is second with the same bill takes none.
            if (await _invoices.InsertAsync(Invoice.IdOf(last + 1), invoice with { Number = last + 1 }, stop) is not null) return;
        }
    }

    public async Task<Invoice?> GetAsync(long number, CancellationToken stop) => (await _invoices.GetAsync(Invoice.IdOf(number), stop))?.Value;

    /// <summary>Null where it is not paid, or not yet.</summary>
    public async Task<Invoice?> OfBillAsync(string billKey, CancellationToken stop) =>
        (await _invoices.QueryAsync(new() { Filters = [DocumentFilter.Equal("bill", billKey)], Limit = 1 }, stop)).Items is [var found] ? found.Value : null;

    /// <summary>The newest first.</summary>
    public Task<DocumentPage<Invoice>> ListAsync(string accountId, int limit, string? after, CancellationToken stop) => _invoices.QueryAsync(
        new() { Filters = [DocumentFilter.Equal("account", accountId)], Sort = [new("number", Descending: true)], Limit = limit, After = after }, stop);

    public IAsyncEnumerable<Stored<Invoice>> AllAsync(string accountId, CancellationToken stop) =>
        _invoices.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)], Sort = [new("number")] }, stop);

    /// <summary>Takes the person out of those of an account.</summary>
    public async Task ForgetPersonAsync(string accountId, CancellationToken stop)
    {
        await foreach (var invoice in AllAsync(accountId, stop))
            await _invoices.UpdateAsync(invoice.Id, now => now.Email is null ? null : now with { Email = null }, stop);
    }

    private async Task<bool> HasAsync(string billKey, CancellationToken stop) => await _invoices.CountAsync([DocumentFilter.Equal("bill", billKey)], stop) > 0;
}
