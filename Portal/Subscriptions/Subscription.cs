using System.ComponentModel;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Promotions;

namespace FlickStream.Portal.Subscriptions;

/// <summary>What an account pays for. All that is decided about it is in this one document, so that each decision is one write; what follows from
/// a decision waits in <see cref="Outbox"/> until it is done.</summary>
[ImmutableObject(true)]
internal sealed record Subscription
{
    public static readonly DocumentSchema<Subscription> Schema = new DocumentSchema<Subscription>("subscriptions")
        .Field("live", s => s.IsEnded ? null : s.AccountId)
        .Field("account", s => s.AccountId)
        .Field("created", s => s.CreatedAt)
        .Field("due", s => SubscriptionTimes.DueAt(s))
        .Field("begun", s => s.IsBegun ? s.AccountId : null)
        .Field("trial", s => s.TrialDays > 0 && s.State != SubscriptionState.IncompleteExpired ? s.AccountId : null)
        .Field("promo", s => s.PromoCode is { } code && s.State != SubscriptionState.IncompleteExpired ? Redemption.IdOf(code, s.AccountId) : null)
        .Field("abandoned", s => s.State == SubscriptionState.IncompleteExpired ? s.EndedAt : null)
        .Index(unique: true, "live")
        .Index("account", "created")
        .Index("due")
        .Index("begun", "created")
        .Index("trial")
        .Index("promo")
        .Index("abandoned");

    /// <summary>16 lower-case hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>No two subscriptions of one account live at once.</summary>
    public required string AccountId { get; init; }

    public required SubscriptionState State { get; init; }

    public required PlanChoice Plan { get; init; }

    /// <summary>From the next period on; null: the same.</summary>
    public PlanChoice? NextPlan { get; init; }

    /// <summary>It ends with the period.</summary>
    public bool IsEnding { get; init; }

    /// <summary>IANA's name; the account's when it subscribed. Renewals are at the same local time of the same day of the month.</summary>
    public required string TimeZone { get; init; }

    public required int TrialDays { get; init; }

    /// <summary>Null before the first.</summary>
    public Period? Period { get; init; }

    /// <summary>What is open at the provider for its owner to fill in.</summary>
    public OpenCheckout? Checkout { get; init; }

    /// <summary>Who this is at the provider, and the card that is kept there; null before a checkout.</summary>
    public PaymentMethod? Method { get; init; }

    /// <summary>What is being charged; null usually.</summary>
    public Bill? Bill { get; init; }

    /// <summary>That it began with; null without one.</summary>
    public string? PromoCode { get; init; }

    /// <summary>For periods to come; null where there is none, or no more.</summary>
    public Discount? Discount { get; init; }

    /// <summary>That lowers the next charge; null where there is none, or it is not for the plan then.</summary>
    [JsonIgnore]
    public Discount? NextDiscount => Discount?.IsFor(NextPlan ?? Plan) is true ? Discount : null;

    /// <summary>How many upgrades and changes of the card were begun, whatever became of them: their business identities count them.</summary>
    public int Sequence { get; init; }

    /// <summary>The provider's code, where the latest charge was declined.</summary>
    public string? Decline { get; init; }

    /// <summary>When its owner is to be told of the renewal, or it is to be looked when that is; null once they were, or where there is none to come.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    /// <summary>While the provider is away: not before.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    public IReadOnlyList<Effect> Outbox { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    public bool IsEnded => State is SubscriptionState.IncompleteExpired or SubscriptionState.Canceled;

    [JsonIgnore]
    public bool IsBegun => State is not (SubscriptionState.Incomplete or SubscriptionState.IncompleteExpired);

    /// <summary>The id of the plan that its owner may watch by at this moment, whether or not what is due was done; null where nothing is paid for.</summary>
    public string? PlanAt(DateTimeOffset now) => SubscriptionTimes.PlanAt(this, now);
}
