using System.ComponentModel;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Gateways.Sandbox;

/// <summary>What the sandbox keeps, as a provider elsewhere would: nothing but the sandbox reads it.</summary>
[ImmutableObject(true)]
internal sealed record SandboxCheckout
{
    public static readonly DocumentSchema<SandboxCheckout> Schema = new("sandbox_checkouts");

    public required string Id { get; init; }

    public required string SubscriptionId { get; init; }

    public required string CustomerId { get; init; }

    public required Money Amount { get; init; }

    public required Uri ReturnUrl { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required CheckoutState State { get; init; }

    /// <summary>Once it is complete.</summary>
    public string? CardId { get; init; }

    /// <summary>Once it is complete, where there was an amount.</summary>
    public string? PaymentId { get; init; }
}

[ImmutableObject(true)]
internal sealed record SandboxPayment
{
    public static readonly DocumentSchema<SandboxPayment> Schema = new DocumentSchema<SandboxPayment>("sandbox_payments")
        .Field("subscription", p => p.SubscriptionId)
        .Field("returned", p => p.ReturnedAt)
        .Index("subscription")
        .Index("returned");

    public required string Id { get; init; }

    public required string SubscriptionId { get; init; }

    public required Money Amount { get; init; }

    public required PaymentState State { get; init; }

    public Decline? Decline { get; init; }

    /// <summary>The keys of the tries that were made.</summary>
    public IReadOnlyList<string> Tries { get; init; } = [];

    public Uri? ReturnUrl { get; init; }

    public IReadOnlyList<GatewayRefund> Refunds { get; init; } = [];

    public IReadOnlyList<GatewayDispute> Disputes { get; init; } = [];

    /// <summary>When the latest of those began.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }
}

/// <param name="Number">One of <see cref="TestCards"/>.</param>
/// <param name="CustomerId">Whose.</param>
[ImmutableObject(true)]
internal sealed record SandboxCard(string Id, string Number, string? CustomerId)
{
    public static readonly DocumentSchema<SandboxCard> Schema = new DocumentSchema<SandboxCard>("sandbox_cards")
        .Field("customer", c => c.CustomerId)
        .Index("customer");
}

/// <summary>That a customer was removed.</summary>
[ImmutableObject(true)]
internal sealed record SandboxLeaver(DateTimeOffset LeftAt)
{
    public static readonly DocumentSchema<SandboxLeaver> Schema = new("sandbox_leavers");
}

/// <summary>Until it is delivered.</summary>
/// <param name="SubscriptionId">Null for what came back of a payment, as with Stripe.</param>
[ImmutableObject(true)]
internal sealed record SandboxEvent(string Id, string Type, string? SubscriptionId, DateTimeOffset CreatedAt, DateTimeOffset DueAt, string? PaymentId = null)
{
    public static readonly DocumentSchema<SandboxEvent> Schema = new DocumentSchema<SandboxEvent>("sandbox_events")
        .Field("due", e => e.DueAt)
        .Index("due");
}

/// <param name="Text">That webhooks are signed with.</param>
[ImmutableObject(true)]
internal sealed record SandboxSecret(string Text)
{
    public static readonly DocumentSchema<SandboxSecret> Schema = new("sandbox_secrets");
}
