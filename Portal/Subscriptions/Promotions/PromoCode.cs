using System.ComponentModel;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Promotions;

/// <summary>What somebody writes at a checkout to pay less.</summary>
[ImmutableObject(true)]
internal sealed record PromoCode
{
    public static readonly DocumentSchema<PromoCode> Schema = new("promo_codes");

    /// <summary>3..30 of A-Z, 0-9 and hyphens.</summary>
    public required string Code { get; init; }

    public required PromoContent Content { get; init; }

    /// <summary>One more with every change.</summary>
    public required long Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>All that an administrator says of a code. Subscriptions keep what they began with.</summary>
[ImmutableObject(true)]
internal sealed record PromoContent
{
    /// <summary>1..100; null where it is an amount.</summary>
    public int? Percent { get; init; }

    /// <summary>Taken off each period, for subscriptions of its currency; null where it is a percentage.</summary>
    public Money? Amount { get; init; }

    /// <summary>1 for once, up to 120; null: for ever.</summary>
    public int? Periods { get; init; }

    /// <summary>How many accounts may use it, 1..1,000,000, each once; null: all.</summary>
    public int? Limit { get; init; }

    /// <summary>Subscriptions begin with it until then; null: for ever.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>For these plans; null: for all.</summary>
    public IReadOnlyList<string>? PlanIds { get; init; }
}
