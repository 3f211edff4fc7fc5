using System.ComponentModel;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Payments;

/// <summary>A payment of which something came back, or is to. As with subscriptions each decision is one write of this document, and what follows
/// waits in <see cref="Outbox"/>. It names no person.</summary>
[ImmutableObject(true)]
internal sealed record Payment
{
    public static readonly DocumentSchema<Payment> Schema = new DocumentSchema<Payment>("payments")
        .Field("due", p => p.Outbox.Count > 0 ? p.PaidAt : p.LookAt)
        .Index("due");

    /// <summary>The provider's.</summary>
    public required string Id { get; init; }

    public required string SubscriptionId { get; init; }

    public required string AccountId { get; init; }

    public required string BillKey { get; init; }

    /// <summary>Of the bill's invoice.</summary>
    public required long InvoiceNumber { get; init; }

    public required Money Amount { get; init; }

    public required DateTimeOffset PaidAt { get; init; }

    /// <summary>Who has it, by the name in the ledger; null: whoever is the provider, of those that were opened when there was no other.</summary>
    public string? Provider { get; init; }

    /// <summary>That administrators ordered, by their keys.</summary>
    public IReadOnlyList<Refund> Refunds { get; init; } = [];

    /// <summary>What is in the books.</summary>
    public IReadOnlyList<Returned> Returned { get; init; } = [];

    public IReadOnlyList<PaymentEffect> Outbox { get; init; } = [];

    /// <summary>When the provider is asked next, even if it tells nothing; null where all is settled.</summary>
    public DateTimeOffset? LookAt { get; init; }

    /// <summary>Whether it is the provider's to say what came back.</summary>
    public bool IsAt(IPaymentGateway gateway) => Provider is null || Provider == gateway.Name;

    /// <summary>What can still be paid back: all but what came back, is held by a bank, or is ordered.</summary>
    [JsonIgnore]
    public Money Left => Amount with
    {
        Amount = Amount.Amount - Returned.Sum(one => one.Booked.Amount + (one.State == DisputeState.Open ? one.Withdrawn : 0))
            - Refunds.Where(refund => refund.IsWaiting).Sum(refund => refund.Amount.Amount),
    };
}

/// <param name="Key">Whoever orders gives it: the same again orders nothing more.</param>
/// <param name="Reason">As the administrator wrote it.</param>
/// <param name="RefundId">The provider's, once it is made.</param>
/// <param name="Refusal">The provider's code, where it would not make it.</param>
internal sealed record Refund(string Key, Money Amount, string Reason, DateTimeOffset OrderedAt, string? RefundId = null, string? Refusal = null)
{
    [JsonIgnore]
    public bool IsWaiting => RefundId is null && Refusal is null;
}

/// <summary>A refund, or a dispute, as far as it is in the books.</summary>
/// <param name="Id">The provider's.</param>
/// <param name="Booked">What its owner has back for good.</param>
/// <param name="Entries">How often that changed.</param>
/// <param name="State">Of a dispute; null of a refund.</param>
/// <param name="Withdrawn">Of a dispute: what the bank took, less what it gave back.</param>
/// <param name="Moves">Of a dispute: the provider's ids of those that are booked.</param>
/// <param name="ChangedAt">When it was last seen to be another than before.</param>
internal sealed record Returned(
    string Id, Money Booked, int Entries, DisputeState? State, decimal Withdrawn, IReadOnlyList<string> Moves, DateTimeOffset ChangedAt = default);

/// <param name="Key">Its business identity.</param>
/// <param name="DisputeId">Of what is about one.</param>
/// <param name="Amount">Above zero: of its owner; below: it came back to us.</param>
/// <param name="Fee">The provider's.</param>
internal sealed record PaymentEffect(PaymentEffectKind Kind, string Key, DateTimeOffset At, string? DisputeId, Money Amount, Money? Fee = null);

internal enum PaymentEffectKind
{
    /// <summary>A refund; below zero, that it failed.</summary>
    Refunded,

    /// <summary>A bank takes the money while it decides; below zero, it gives it back.</summary>
    Held,

    /// <summary>A dispute is lost; below zero, it was won after all.</summary>
    ChargedBack,
}
