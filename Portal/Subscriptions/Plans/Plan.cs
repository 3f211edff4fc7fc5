using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Plans;

/// <summary>What may be subscribed to. Plans are never removed, only offered no more: subscriptions refer to them.</summary>
[ImmutableObject(true)]
internal sealed record Plan
{
    public static readonly DocumentSchema<Plan> Schema = new("plans");

    /// <summary>2..30 lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public required PlanContent Content { get; init; }

    /// <summary>One more with every change.</summary>
    public required long Revision { get; init; }
}

/// <summary>All that an administrator says of a plan.</summary>
[ImmutableObject(true)]
internal sealed record PlanContent
{
    /// <summary>1..60 characters.</summary>
    [Required]
    public string? Name { get; init; }

    /// <summary>Lines of the largest picture, 144..4320.</summary>
    [Required]
    public int MaxHeight { get; init; }

    /// <summary>At once, 1..50.</summary>
    [Required]
    public int Streams { get; init; }

    /// <summary>Of the account, 1..50.</summary>
    [Required]
    public int Profiles { get; init; }

    /// <summary>Before the first charge, 0..90; an account has one trial.</summary>
    public int TrialDays { get; init; }

    /// <summary>A month, one of each currency. Who subscribed at another price keeps it.</summary>
    [Required]
    public IReadOnlyList<Money>? Prices { get; init; }

    /// <summary>Whether it can be chosen; who has it keeps it.</summary>
    public bool IsOffered { get; init; } = true;

    public Money? PriceIn(string? currency) => Prices?.FirstOrDefault(price => price.Currency == currency);
}

/// <summary>A plan as it was chosen: at the price of that moment.</summary>
internal sealed record PlanChoice(string PlanId, Money Price);
