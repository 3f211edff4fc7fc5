using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Payments;

namespace FlickStream.Portal.Subscriptions.Ledger;

internal sealed class LedgerBook(IDocuments documents)
{
    private const string Receivable = "receivable";
    private const string Revenue = "revenue";
    private const string Refunds = "refunds";
    private const string Disputes = "disputes";
    private const string Chargebacks = "chargebacks";
    private const string Fees = "fees";
    private const string Cash = "cash:";
    private const string PaidMark = ":paid";

    private readonly IDocumentSet<LedgerEntry> _entries = documents.Set(LedgerEntry.Schema);

    public Task OweAsync(string subscriptionId, Bill bill, DateTimeOffset at, CancellationToken stop) =>
        PostAsync(subscriptionId, bill, ":owed", at, Receivable, Revenue, stop);

    /// <param name="gateway">Who has the money.</param>
    public Task PayAsync(string subscriptionId, Bill bill, string gateway, DateTimeOffset at, CancellationToken stop) =>
        PostAsync(subscriptionId, bill, PaidMark, at, CashOf(gateway), Receivable, stop);

    public Task WriteOffAsync(string subscriptionId, Bill bill, DateTimeOffset at, CancellationToken stop) =>
        PostAsync(subscriptionId, bill, ":written-off", at, Revenue, Receivable, stop);

    /// <summary>Something came back of a payment.</summary>
    /// <param name="gateway">Who had the money.</param>
    public Task ReturnAsync(Payment payment, PaymentEffect effect, string gateway, CancellationToken stop)
    {
        var (amount, cash) = (effect.Amount, CashOf(gateway));
        Posting[] postings = effect.Kind switch
        {
            PaymentEffectKind.Refunded => [new(Refunds, amount), new(cash, amount.Negated())],
            PaymentEffectKind.Held => [new(Disputes, amount), new(cash, amount.Negated())],
            PaymentEffectKind.ChargedBack => [new(Chargebacks, amount), new(Disputes, amount.Negated())],
            _ => throw new InvalidOperationException($"Nothing is known of the effect {effect.Kind}."),
        };
        if (effect.Fee is { } fee) postings = [.. postings, new(Fees, fee), new(cash, fee.Negated())];
        return PostAsync(new LedgerEntry { Id = effect.Key, At = effect.At, SubscriptionId = payment.SubscriptionId, PaymentId = payment.Id, Postings = postings }, stop);
    }

    /// <summary>That a payment was paid; null where that is not in the books.</summary>
    public async Task<LedgerEntry?> FindPaidAsync(string paymentId, CancellationToken stop) =>
        (await _entries.QueryAsync(new() { Filters = [DocumentFilter.Equal("paid", paymentId)], Limit = 1 }, stop)).Items is [var found] ? found.Value : null;

    /// <summary>The provider's payment of a bill; null where it was free, or is not paid.</summary>
    public async Task<string?> PaymentOfAsync(string billKey, CancellationToken stop) => (await _entries.GetAsync(billKey + PaidMark, stop))?.Value.PaymentId;

    public static string BillKeyOf(LedgerEntry paid) => paid.Id[..^PaidMark.Length];

    /// <summary>Who has the money, of an entry that says that it was paid.</summary>
    public static string ProviderOf(LedgerEntry paid) => paid.Postings.First(posting => posting.Account.StartsWith(Cash, StringComparison.Ordinal)).Account[Cash.Length..];

    /// <summary>The provider's payment, of an entry that says that it was paid.</summary>
    public static string? PaidOf(LedgerEntry entry) => entry.Id.EndsWith(PaidMark, StringComparison.Ordinal) ? entry.PaymentId : null;

    /// <summary>By time.</summary>
    /// <param name="wanted">Which.</param>
    /// <param name="isLatestFirst">Else the oldest.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="stop">Stops it.</param>
    public Task<DocumentPage<LedgerEntry>> ListAsync(LedgerFilter wanted, bool isLatestFirst, int limit, string? after, CancellationToken stop) => _entries.QueryAsync(
        new() { Filters = [.. wanted.Fields()], Sort = [new("at", isLatestFirst)], Limit = limit, After = after }, stop);

    private static string CashOf(string gateway) => Cash + gateway;

    private Task PostAsync(string subscriptionId, Bill bill, string what, DateTimeOffset at, string debit, string credit, CancellationToken stop) => PostAsync(
        new LedgerEntry
        {
            Id = bill.Key + what, At = at, SubscriptionId = subscriptionId, PaymentId = bill.PaymentId,
            Postings = [new(debit, bill.Total), new(credit, bill.Total.Negated())],
        },
        stop);

    // An entry that is there already was made by a run that was broken off afterwards, or by another node.
    private async Task PostAsync(LedgerEntry entry, CancellationToken stop) => await _entries.InsertAsync(entry.Id, entry, stop);
}

/// <summary>Which entries are looked for; null for all.</summary>
/// <param name="SubscriptionId">Of one only.</param>
/// <param name="From">From then on.</param>
/// <param name="Until">Before then.</param>
internal sealed record LedgerFilter(string? SubscriptionId = null, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    public IEnumerable<DocumentFilter> Fields()
    {
        if (SubscriptionId is not null) yield return DocumentFilter.Equal("subscription", SubscriptionId);
        if (From is { } from) yield return DocumentFilter.AtLeast("at", from);
        if (Until is { } until) yield return DocumentFilter.Below("at", until);
    }
}
