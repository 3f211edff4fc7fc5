using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Invoices;

/// <summary>That a bill was paid. Its number is the id it is stored under, so that a number cannot be taken without its invoice: there is no gap
/// whatever fails, and no two have one.</summary>
[ImmutableObject(true)]
internal sealed record Invoice
{
    public static readonly DocumentSchema<Invoice> Schema = new DocumentSchema<Invoice>("invoices")
        .Field("number", i => i.Number)
        .Field("bill", i => i.BillKey)
        .Field("account", i => i.AccountId)
        .Index("number")
        .Index(unique: true, "bill")
        .Index("account", "number");

    /// <summary>1, 2, 3, …</summary>
    public required long Number { get; init; }

    /// <summary>The bill's business identity: one invoice each.</summary>
    public required string BillKey { get; init; }

    public required string AccountId { get; init; }

    public required string SubscriptionId { get; init; }

    /// <summary>Who paid; null once their account is gone.</summary>
    public required string? Email { get; init; }

    public required DateTimeOffset PaidAt { get; init; }

    public required DateTimeOffset PeriodStart { get; init; }

    public required DateTimeOffset PeriodEnd { get; init; }

    /// <summary>IANA's name, for the dates.</summary>
    public required string TimeZone { get; init; }

    public required IReadOnlyList<BillLine> Lines { get; init; }

    public required Money Total { get; init; }

    /// <summary>Ids sort as numbers do.</summary>
    public static string IdOf(long number) => number.ToString("d12", CultureInfo.InvariantCulture);

    /// <summary>As it is printed.</summary>
    [JsonIgnore]
    public string Name => NameOf(Number);

    public static string NameOf(long number) => $"FS-{number.ToString("d6", CultureInfo.InvariantCulture)}";
}
