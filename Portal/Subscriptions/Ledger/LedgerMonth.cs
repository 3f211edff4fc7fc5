using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Ledger;

/// <summary>What the entries of a month (UTC) sum to.</summary>
[ImmutableObject(true)]
internal sealed record LedgerMonth
{
    public static readonly DocumentSchema<LedgerMonth> Schema = new DocumentSchema<LedgerMonth>("ledger_months")
        .Field("check", m => m.CheckAt)
        .Index("check");

    /// <summary>Its first moment.</summary>
    public required DateTimeOffset Start { get; init; }

    public IReadOnlyList<Posting> Sums { get; init; } = [];

    /// <summary>How many are in the sums.</summary>
    public long Entries { get; init; }

    /// <summary>Ids of those that are in the sums and may not say so themselves yet.</summary>
    public IReadOnlyList<string> Counting { get; init; } = [];

    /// <summary>When the sums are compared with the entries next.</summary>
    public required DateTimeOffset CheckAt { get; init; }

    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>What was found then; null where nothing was wrong.</summary>
    public string? Wrong { get; init; }

    [JsonIgnore]
    public DateTimeOffset End => Start.AddMonths(1);

    public static DateTimeOffset StartOf(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary><c>2027-01</c>.</summary>
    public static string IdOf(DateTimeOffset start) => start.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static IReadOnlyList<Posting> Sum(IEnumerable<Posting> postings) =>
    [
        .. postings.GroupBy(posting => (posting.Account, posting.Amount.Currency)).OrderBy(sum => sum.Key.Account, StringComparer.Ordinal)
            .ThenBy(sum => sum.Key.Currency, StringComparer.Ordinal)
            .Select(sum => new Posting(sum.Key.Account, new Money(sum.Sum(posting => posting.Amount.Amount), sum.Key.Currency).Rounded())),
    ];
}
