using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Credits;

/// <summary>That of an invoice something was given back. Numbered as invoices are, in a row of their own.</summary>
[ImmutableObject(true)]
internal sealed record CreditNote
{
    public static readonly DocumentSchema<CreditNote> Schema = new DocumentSchema<CreditNote>("credit_notes")
        .Field("number", c => c.Number)
        .Field("key", c => c.Key)
        .Field("invoice", c => c.InvoiceNumber)
        .Field("account", c => c.AccountId)
        .Index("number")
        .Index(unique: true, "key")
        .Index("invoice", "number")
        .Index("account", "number");

    /// <summary>1, 2, 3, …</summary>
    public required long Number { get; init; }

    /// <summary>The business identity of what came back: one credit note each.</summary>
    public required string Key { get; init; }

    public required long InvoiceNumber { get; init; }

    public required string AccountId { get; init; }

    /// <summary>Who has it back; null once their account is gone.</summary>
    public required string? Email { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>IANA's name, for the date.</summary>
    public required string TimeZone { get; init; }

    public required CreditReason Reason { get; init; }

    /// <summary>Below zero where it takes one before it back: the refund failed, or the dispute was won after all.</summary>
    public required Money Amount { get; init; }

    /// <summary>Ids sort as numbers do.</summary>
    public static string IdOf(long number) => number.ToString("d12", CultureInfo.InvariantCulture);

    /// <summary>As it is printed.</summary>
    [JsonIgnore]
    public string Name => $"CN-{Number.ToString("d6", CultureInfo.InvariantCulture)}";
}

internal enum CreditReason
{
    Refund,

    /// <summary>Its owner's bank took it back.</summary>
    Chargeback,
}
