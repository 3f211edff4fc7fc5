using System.Collections.Frozen;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Gateways;

/// <param name="Key">One checkout a key.</param>
/// <param name="SubscriptionId">Comes back in webhooks.</param>
/// <param name="Email">Of who pays.</param>
/// <param name="Amount">To be paid at once; zero: the card is only kept.</param>
/// <param name="Text">What for.</param>
/// <param name="CustomerId">Of who has paid before.</param>
/// <param name="ReturnUrl">Where they come back to, whatever became of it.</param>
/// <param name="ExpiresAt">Until when it can be finished.</param>
internal sealed record CheckoutOrder(
    string Key, string SubscriptionId, string Email, Money Amount, string Text, string? CustomerId, Uri ReturnUrl, DateTimeOffset ExpiresAt);

/// <param name="Url">Where to send who pays.</param>
/// <param name="Method">Of a complete one: the card, which may be charged from now on.</param>
/// <param name="PaymentId">Of a complete one that had an amount.</param>
internal sealed record GatewayCheckout(string Id, Uri? Url, CheckoutState State, PaymentMethod? Method, string? PaymentId);

internal enum CheckoutState
{
    Open,

    /// <summary>The card is there, and the amount is paid.</summary>
    Complete,

    Expired,
}

/// <param name="Key">One payment a key.</param>
internal sealed record PaymentOrder(string Key, string SubscriptionId, string CustomerId, Money Amount, string Text);

/// <param name="Key">One charge a key.</param>
/// <param name="ReturnUrl">Where the bank may send its owner; null where nobody sits there, so that the bank cannot ask.</param>
internal sealed record PaymentTry(string Key, string PaymentId, PaymentMethod Method, Uri? ReturnUrl);

/// <param name="Decline">Of the latest try, where it was declined.</param>
/// <param name="ActionUrl">Where its owner shows their bank who they are.</param>
/// <param name="SubscriptionId">That it was ordered for; null for one that is none of ours.</param>
internal sealed record GatewayPayment(
    string Id, PaymentState State, Money Amount, Decline? Decline = null, Uri? ActionUrl = null, string? SubscriptionId = null);

internal enum PaymentState
{
    /// <summary>Not tried, or declined.</summary>
    Open,
    NeedsAction,
    Processing,
    Paid,
    Canceled,
}

/// <param name="Code">The provider's, such as <c>insufficient_funds</c>.</param>
/// <param name="IsSoft">It may be taken another day.</param>
internal sealed record Decline(string Code, bool IsSoft)
{
    // Of Stripe's list of decline codes those after which the same card is not taken on another day either.
    private static readonly FrozenSet<string> Hard =
    [
        "authentication_required", "card_not_supported", "currency_not_supported", "expired_card", "fraudulent", "incorrect_number", "incorrect_cvc",
        "invalid_account", "invalid_cvc", "invalid_expiry_month", "invalid_expiry_year", "invalid_number", "lost_card", "merchant_blacklist",
        "new_account_information_available", "no_action_taken", "not_permitted", "payment_intent_authentication_failure", "pickup_card", "restricted_card",
        "revocation_of_all_authorizations", "revocation_of_authorization", "security_violation", "stolen_card", "stop_payment_order", "transaction_not_allowed",
    ];

    public static Decline Of(string code) => new(code, !Hard.Contains(code));
}

/// <param name="Id">The same for each delivery.</param>
/// <param name="SubscriptionId">What to look at; null for what is none of ours, and for what tells only its payment.</param>
/// <param name="PaymentId">Of which something came back; null for all else.</param>
internal sealed record GatewayEvent(string Id, string Type, string? SubscriptionId, string? PaymentId = null);

/// <summary>Whether the call did anything is not known; it may be made again with the same key.</summary>
internal sealed class GatewayUnavailableException : Exception
{
    public GatewayUnavailableException()
    {
    }

    public GatewayUnavailableException(string message)
        : base(message)
    {
    }

    public GatewayUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Nothing was done, and with the same key nothing ever will be.</summary>
internal sealed class GatewayRefusedException : Exception
{
    public GatewayRefusedException()
    {
    }

    public GatewayRefusedException(string message)
        : base(message)
    {
    }

    public GatewayRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The provider's, such as <c>amount_too_small</c>.</summary>
    public string Code { get; init; } = "refused";
}
