using Stripe.Checkout;

namespace FlickStream.Portal.Subscriptions.Gateways.Stripe;

/// <summary>What Stripe is asked for.</summary>
internal static class StripeForms
{
    /// <summary>A hosted Checkout that takes the amount and keeps the card for charges when nobody sits there; without an amount it only keeps the card.</summary>
    public static SessionCreateOptions SessionOf(CheckoutOrder order)
    {
        var hasAmount = order.Amount.Amount > 0;
        return new SessionCreateOptions
        {
            Mode = hasAmount ? "payment" : "setup",
            Customer = order.CustomerId,
            CustomerEmail = order.CustomerId is null && order.Email.Length > 0 ? order.Email : null,
            CustomerCreation = order.CustomerId is null ? "always" : null,
            AllowedPaymentMethodTypes = ["card"],
            SuccessUrl = order.ReturnUrl.ToString(),
            CancelUrl = order.ReturnUrl.ToString(),
            ExpiresAt = order.ExpiresAt.UtcDateTime,
            Metadata = About(order.SubscriptionId),
            LineItems = hasAmount ? [Line(order)] : null,
            PaymentIntentData = hasAmount
                ? new SessionPaymentIntentDataOptions { SetupFutureUsage = "off_session", Description = order.Text, Metadata = About(order.SubscriptionId) } : null,
            SetupIntentData = hasAmount ? null : new SessionSetupIntentDataOptions { Metadata = About(order.SubscriptionId) },
        };
    }

    /// <summary>Comes back in webhooks.</summary>
    public static Dictionary<string, string> About(string subscriptionId) => new() { ["subscription"] = subscriptionId };

    private static SessionLineItemOptions Line(CheckoutOrder order) => new()
    {
        Quantity = 1,
        PriceData = new SessionLineItemPriceDataOptions
        {
            Currency = order.Amount.Currency.ToLowerInvariant(), UnitAmount = order.Amount.ToMinor(),
            ProductData = new SessionLineItemPriceDataProductDataOptions { Name = order.Text },
        },
    };
}
