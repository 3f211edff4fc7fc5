using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Ledger;

internal sealed class LedgerBook(IDocuments documents)
{
    private const string Receivable = "receivable";
    private const string Revenue = "revenue";

    private readonly IDocumentSet<LedgerEntry> _entries = documents.Set(LedgerEntry.Schema);

    public Task OweAsync(string subscriptionId, Bill bill, DateTimeOffset at, CancellationToken stop) =>
        PostAsync(subscriptionId, bill, "owed", at, Receivable, Revenue, stop);

    /// <param name="gateway">Who has the money.</param>
    public Task PayAsync(string subscriptionId, Bill bill, string gateway, DateTimeOffset at, CancellationToken stop) =>
        PostAsync(subscriptionId, bill, "paid", at, $"cash:{gateway}", Receivable, stop);

    public Task WriteOffAsync(string subscriptionId, Bill bill, DateTimeOffset at, CancellationToken stop) =>
        PostAsync(subscriptionId, bill, "written-off", at, Revenue, Receivable, stop);

    /// <summary>By time.</summary>
    /// <param name="subscriptionId">Of one only; null for all.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="stop">Stops it.</param>
    public Task<DocumentPage<LedgerEntry>> ListAsync(string? subscriptionId, int limit, string? after, CancellationToken stop) => _entries.QueryAsync(
        new()
        {
            Filters = subscriptionId is null ? [] : [DocumentFilter.Equal("subscription", subscriptionId)], Sort = [new("at")], Limit = limit, After = after,
        },
        stop);

    /// <summary>What each account holds; each currency of a ledger that balances sums to nothing.</summary>
    public async Task<IReadOnlyList<Posting>> BalanceAsync(CancellationToken stop)
    {
        var sums = new SortedDictionary<(string Account, string Currency), decimal>();
        await foreach (var (_, _, entry) in _entries.QueryAllAsync(new() { Sort = [new("at")], Limit = 1000 }, stop))
        {
            foreach (var (account, amount) in entry.Postings)
                sums[(account, amount.Currency)] = sums.GetValueOrDefault((account, amount.Currency)) + amount.Amount;
        }

        return [.. sums.Select(sum => new Posting(sum.Key.Account, new Money(sum.Value, sum.Key.Currency).Rounded()))];
    }

    // An entry that is there already was made by a run that was broken off afterwards, or by another node.
    private async Task PostAsync(string subscriptionId, Bill bill, string what, DateTimeOffset at, string debit, string credit, CancellationToken stop)
    {
        var entry = new LedgerEntry
        {
            Id = $"{bill.Key}:{what}", At = at, SubscriptionId = subscriptionId, PaymentId = bill.PaymentId,
            Postings = [new(debit, bill.Total), new(credit, bill.Total.Negated())],
        };
        await _entries.InsertAsync(entry.Id, entry, stop);
    }
}
