using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Prices;
using FlickStream.Portal.Subscriptions.Promotions;

namespace FlickStream.Portal.Subscriptions.Billing;

/// <summary>What is charged at once.</summary>
[ImmutableObject(true)]
internal sealed record Bill
{
    /// <summary>Its business identity, such as <c>sub:ID:period:20260131T090000Z</c>: whatever is done for it bears it, so that it is done once.</summary>
    public required string Key { get; init; }

    public required BillPurpose Purpose { get; init; }

    public required PlanChoice Plan { get; init; }

    /// <summary>That it pays for; of the first, which begins when it is paid, null.</summary>
    public Period? Period { get; init; }

    /// <summary>That is taken off.</summary>
    public Discount? Discount { get; init; }

    public required IReadOnlyList<BillLine> Lines { get; init; }

    /// <summary>The sum of the lines.</summary>
    public required Money Total { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required BillStep Step { get; init; }

    /// <summary>At the provider, stored before any money can move: a second payment of one bill cannot come to be.</summary>
    public string? PaymentId { get; init; }

    /// <summary>Which try of the payment this is, or how often the provider would not have it; 0 before the first.</summary>
    public int Tries { get; init; }

    /// <summary>The card of this try: a try that is made again is made with the same one, whatever card there is by then.</summary>
    public PaymentMethod? Method { get; init; }

    /// <summary>When it is tried or asked about next; null where only another card helps.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>When it is given up.</summary>
    public DateTimeOffset? GiveUpAt { get; init; }

    /// <summary>Of a renewal: until when its owner may watch on while it is not paid.</summary>
    public DateTimeOffset? GraceEnd { get; init; }

    /// <summary>The provider's code of the latest decline.</summary>
    public string? Decline { get; init; }

    /// <summary>Where its owner shows their bank who they are.</summary>
    public Uri? ActionUrl { get; init; }

    /// <summary>Where the bank sends its owner afterwards; null where nobody sits there.</summary>
    public Uri? ReturnUrl { get; init; }

    /// <summary>Under which the payment is made known: another only after the provider refused, so that there is never more than one.</summary>
    [JsonIgnore]
    public string PaymentKey => Tries == 0 ? Key : string.Create(CultureInfo.InvariantCulture, $"{Key}:again:{Tries}");

    /// <summary>Its owner could not watch when it was made out: there is nothing that they lose by not paying it.</summary>
    [JsonIgnore]
    public bool HasNoGrace => GraceEnd <= OpenedAt;

    [JsonIgnore]
    public bool IsFree => Total.Amount == 0;
}

/// <param name="Text">What for.</param>
/// <param name="Amount">Below zero for what is taken off.</param>
internal sealed record BillLine(string Text, Money Amount);

internal enum BillPurpose
{
    First,
    Renewal,
    Upgrade,
}

internal enum BillStep
{
    /// <summary>Its owner pays it in the checkout.</summary>
    InCheckout,

    /// <summary>The payment is to be made known to the provider.</summary>
    Preparing,

    /// <summary>The card is being charged.</summary>
    Trying,

    /// <summary>The bank, or its owner there, takes time.</summary>
    Waiting,

    /// <summary>To be tried again at the time that is set, or with another card.</summary>
    Declined,

    /// <summary>To be taken back from the provider, which may say that it was paid after all.</summary>
    GivingUp,
}
