using System.ComponentModel;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Ledger;

/// <summary>What happened with money, by double entry: the postings of each entry sum to nothing. Entries are only ever added, each once by its
/// business identity, and name no person; nothing of them changes but that they are counted.</summary>
[ImmutableObject(true)]
internal sealed record LedgerEntry
{
    public static readonly DocumentSchema<LedgerEntry> Schema = new DocumentSchema<LedgerEntry>("ledger")
        .Field("at", e => e.At)
        .Field("subscription", e => e.SubscriptionId)
        .Field("paid", LedgerBook.PaidOf)
        .Field("uncounted", e => e.IsCounted ? null : e.At)
        .Index("at")
        .Index("paid")
        .Index("uncounted")
        .Index("subscription", "at");

    /// <summary>The bill's, and what became of it or of its payment.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string SubscriptionId { get; init; }

    /// <summary>The provider's payment, where money moved.</summary>
    public string? PaymentId { get; init; }

    public required IReadOnlyList<Posting> Postings { get; init; }

    /// <summary>Whether the sums of its month hold it for good.</summary>
    public bool IsCounted { get; init; }
}

/// <param name="Account"><c>receivable</c>, <c>revenue</c>, <c>cash:</c> and the provider, <c>refunds</c>, <c>disputes</c> (held by a bank), <c>chargebacks</c>
/// or <c>fees</c>.</param>
/// <param name="Amount">Above zero: debit; below: credit.</param>
internal sealed record Posting(string Account, Money Amount);
