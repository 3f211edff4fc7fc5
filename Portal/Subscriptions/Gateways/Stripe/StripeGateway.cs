using FlickStream.Portal.Subscriptions.Gateways.Webhooks;
using FlickStream.Portal.Subscriptions.Prices;
using Stripe;
using Stripe.Checkout;

namespace FlickStream.Portal.Subscriptions.Gateways.Stripe;

/// <summary>Stripe's hosted Checkout, which keeps card data away from here, and a PaymentIntent for each bill, which can succeed once whatever is tried.</summary>
internal sealed partial class StripeGateway(StripeConnection connection, TimeProvider time) : IPaymentGateway
{
    private static readonly List<string> Cards = ["card"];
    private static readonly List<string> CheckoutParts = ["payment_intent", "setup_intent"];

    public string Name => "stripe";

    public Task<GatewayCheckout> OpenCheckoutAsync(CheckoutOrder order, CancellationToken cancellationToken) =>
        connection.CallAsync(async client => SeenOf(await new SessionService(client).CreateAsync(StripeForms.SessionOf(order), Keyed(order.Key), cancellationToken)));

    public Task<GatewayCheckout> FindCheckoutAsync(string id, CancellationToken cancellationToken) => connection.CallAsync(async client =>
        SeenOf(await new SessionService(client).GetAsync(id, new SessionGetOptions { Expand = CheckoutParts }, cancellationToken: cancellationToken)));

    public async Task<GatewayCheckout> CloseCheckoutAsync(string id, CancellationToken cancellationToken)
    {
        // One that is no longer open cannot be ended, which is no matter.
        if (await FindCheckoutAsync(id, cancellationToken) is { State: not CheckoutState.Open } over) return over;
        return await connection.CallAsync(
            async client => SeenOf(await new SessionService(client).ExpireAsync(id, cancellationToken: cancellationToken)),
            _ => FindCheckoutAsync(id, cancellationToken));
    }

    public Task<GatewayPayment> PreparePaymentAsync(PaymentOrder order, CancellationToken cancellationToken) => connection.CallAsync(async client =>
        SeenOf(await new PaymentIntentService(client).CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = order.Amount.ToMinor(), Currency = order.Amount.Currency.ToLowerInvariant(), Customer = order.CustomerId, Description = order.Text,
                AllowedPaymentMethodTypes = Cards, Metadata = StripeForms.About(order.SubscriptionId),
            },
            Keyed(order.Key), cancellationToken)));

    public Task<GatewayPayment> TryPaymentAsync(PaymentTry attempt, CancellationToken cancellationToken) => connection.CallAsync(
        async client => SeenOf(await new PaymentIntentService(client).ConfirmAsync(
            attempt.PaymentId,
            new PaymentIntentConfirmOptions { PaymentMethod = attempt.Method.Id, OffSession = attempt.ReturnUrl is null, ReturnUrl = attempt.ReturnUrl?.ToString() },
            Keyed(attempt.Key), cancellationToken)),
        // Declined, or over already: the payment says which.
        async fault => fault.StripeError.Type == "card_error" && fault.StripeError.PaymentIntent is { } declined
            ? SeenOf(declined) : await FindPaymentAsync(attempt.PaymentId, cancellationToken));

    public Task<GatewayPayment> FindPaymentAsync(string id, CancellationToken cancellationToken) =>
        connection.CallAsync(async client => SeenOf(await new PaymentIntentService(client).GetAsync(id, cancellationToken: cancellationToken)));

    public Task<GatewayPayment> CancelPaymentAsync(string id, CancellationToken cancellationToken) => connection.CallAsync(
        async client => SeenOf(await new PaymentIntentService(client).CancelAsync(id, cancellationToken: cancellationToken)),
        async _ => await FindPaymentAsync(id, cancellationToken) is { State: PaymentState.Paid or PaymentState.Canceled } over
            ? over : throw new GatewayUnavailableException("The bank has not decided yet."));

    public Task<GatewayEvent?> ReadEventAsync(byte[] body, string? signature, CancellationToken cancellationToken) => Task.FromResult(
        WebhookSignature.IsValid(signature, body, connection.WebhookSecret, time.GetUtcNow()) ? WebhookBody.Read(body) : null);

    private static RequestOptions Keyed(string key) => new() { IdempotencyKey = key };

    private static GatewayCheckout SeenOf(Session session)
    {
        // Complete and unpaid is one whose bank takes its time.
        var state = session.Status switch
        {
            "complete" when session.PaymentStatus is "paid" or "no_payment_required" => CheckoutState.Complete,
            "expired" => CheckoutState.Expired,
            _ => CheckoutState.Open,
        };
        var card = session.PaymentIntent?.PaymentMethodId ?? session.SetupIntent?.PaymentMethodId;
        return new GatewayCheckout(
            session.Id, session.Url is null ? null : new Uri(session.Url), state,
            state == CheckoutState.Complete ? new PaymentMethod(session.CustomerId, card!) : null, session.PaymentIntentId);
    }

    private static GatewayPayment SeenOf(PaymentIntent payment)
    {
        var state = payment.Status switch
        {
            "succeeded" => PaymentState.Paid,
            "canceled" => PaymentState.Canceled,
            "requires_action" => PaymentState.NeedsAction,
            "processing" => PaymentState.Processing,
            _ => PaymentState.Open,
        };
        var decline = state == PaymentState.Open && payment.LastPaymentError is { } error
            ? Decline.Of(error.DeclineCode is null or "generic_decline" ? error.Code : error.DeclineCode) : null;
        var url = payment.NextAction?.RedirectToUrl?.Url;
        return new GatewayPayment(
            payment.Id, state, Money.OfMinor(payment.Amount, payment.Currency.ToUpperInvariant()), decline, url is null ? null : new Uri(url),
            payment.Metadata?.GetValueOrDefault("subscription"));
    }
}
