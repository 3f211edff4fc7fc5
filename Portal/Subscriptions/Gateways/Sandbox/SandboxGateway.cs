using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Gateways.Webhooks;

namespace FlickStream.Portal.Subscriptions.Gateways.Sandbox;

/// <summary>A provider without money, for development and tests: it has the states of a real one, keeps them as one elsewhere would, and is told by
/// the number of the card what to do.</summary>
internal sealed partial class SandboxGateway(IDocuments documents, ISandboxBank bank, SandboxEvents events, TimeProvider time) : IPaymentGateway
{
    private readonly IDocumentSet<SandboxCheckout> _checkouts = documents.Set(SandboxCheckout.Schema);
    private readonly IDocumentSet<SandboxPayment> _payments = documents.Set(SandboxPayment.Schema);
    private readonly IDocumentSet<SandboxCard> _cards = documents.Set(SandboxCard.Schema);
    private readonly IDocumentSet<SandboxLeaver> _leavers = documents.Set(SandboxLeaver.Schema);

    public string Name => "sandbox";

    public async Task<GatewayCheckout> OpenCheckoutAsync(CheckoutOrder order, CancellationToken cancellationToken)
    {
        var id = IdOf("cs", order.Key);
        var checkout = new SandboxCheckout
        {
            Id = id, SubscriptionId = order.SubscriptionId, CustomerId = order.CustomerId ?? IdOf("cus", order.SubscriptionId), Amount = order.Amount,
            ReturnUrl = order.ReturnUrl, ExpiresAt = order.ExpiresAt, State = CheckoutState.Open,
        };
        await _checkouts.InsertAsync(id, checkout, cancellationToken);
        return await FindCheckoutAsync(id, cancellationToken);
    }

    public async Task<GatewayCheckout> FindCheckoutAsync(string id, CancellationToken cancellationToken) =>
        SeenOf((await _checkouts.UpdateAsync(id, Aged, cancellationToken))?.Value ?? throw Missing(id));

    public async Task<GatewayCheckout> CloseCheckoutAsync(string id, CancellationToken cancellationToken) => SeenOf(
        (await _checkouts.UpdateAsync(id, checkout => checkout.State == CheckoutState.Open ? checkout with { State = CheckoutState.Expired } : null, cancellationToken))
            ?.Value ?? throw Missing(id));

    public async Task<GatewayPayment> PreparePaymentAsync(PaymentOrder order, CancellationToken cancellationToken)
    {
        var id = IdOf("pi", order.Key);
        if (await _leavers.GetAsync(order.CustomerId, cancellationToken) is not null)
            throw new GatewayRefusedException($"The sandbox knows no {order.CustomerId}.") { Code = "resource_missing" };
        var payment = new SandboxPayment { Id = id, SubscriptionId = order.SubscriptionId, Amount = order.Amount, State = PaymentState.Open };
        await _payments.InsertAsync(id, payment, cancellationToken);
        return await FindPaymentAsync(id, cancellationToken);
    }

    public async Task<GatewayPayment> TryPaymentAsync(PaymentTry attempt, CancellationToken cancellationToken)
    {
        var card = (await _cards.GetAsync(attempt.Method.Id, cancellationToken))?.Value ?? throw Missing(attempt.Method.Id);
        while (await _payments.GetAsync(attempt.PaymentId, cancellationToken) is { } stored)
        {
            if (stored.Value.Tries.Contains(attempt.Key) || stored.Value.State != PaymentState.Open) return SeenOf(stored.Value);
            var answer = bank.Ask(card.Number, attempt.PaymentId, attempt.ReturnUrl is not null);
            var tried = stored.Value with
            {
                Tries = [.. stored.Value.Tries, attempt.Key], Decline = answer.Decline, ReturnUrl = attempt.ReturnUrl,
                State = answer.Decline is not null ? PaymentState.Open : answer.AsksOwner ? PaymentState.NeedsAction : PaymentState.Paid,
            };
            if (await _payments.ReplaceAsync(stored.Id, stored.Version, tried, cancellationToken) is null) continue;
            var type = tried.State == PaymentState.Paid ? "payment_intent.succeeded" : "payment_intent.payment_failed";
            await events.AddAsync(type, tried.SubscriptionId, cancellationToken);
            return answer.IsLost ? throw new GatewayUnavailableException("The answer was lost, as this card asks for.") : SeenOf(tried);
        }

        throw Missing(attempt.PaymentId);
    }

    public async Task<GatewayPayment> FindPaymentAsync(string id, CancellationToken cancellationToken) =>
        SeenOf((await _payments.GetAsync(id, cancellationToken))?.Value ?? throw Missing(id));

    public async Task<GatewayPayment> CancelPaymentAsync(string id, CancellationToken cancellationToken) =>
        SeenOf((await _payments.UpdateAsync(id, Canceled, cancellationToken))?.Value ?? throw Missing(id));

    public async Task<GatewayEvent?> ReadEventAsync(byte[] body, string? signature, CancellationToken cancellationToken) =>
        WebhookSignature.IsValid(signature, body, await events.SecretAsync(cancellationToken), time.GetUtcNow()) ? WebhookBody.Read(body) : null;

    internal static string IdOf(string kind, string key) => $"{kind}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..24]}";

    private static SandboxPayment? Canceled(SandboxPayment payment) =>
        payment.State is PaymentState.Paid or PaymentState.Canceled ? null : payment with { State = PaymentState.Canceled };

    private SandboxCheckout? Aged(SandboxCheckout checkout) =>
        checkout.State == CheckoutState.Open && time.GetUtcNow() >= checkout.ExpiresAt ? checkout with { State = CheckoutState.Expired } : null;

    private static GatewayCheckout SeenOf(SandboxCheckout checkout) => new(
        checkout.Id, new Uri(checkout.ReturnUrl, $"/sandbox/checkouts/{checkout.Id}"), checkout.State,
        checkout.CardId is { } card ? new PaymentMethod(checkout.CustomerId, card) : null, checkout.PaymentId);

    private static GatewayPayment SeenOf(SandboxPayment payment) => new(
        payment.Id, payment.State, payment.Amount, payment.Decline,
        payment is { State: PaymentState.NeedsAction, ReturnUrl: { } url } ? new Uri(url, $"/sandbox/payments/{payment.Id}") : null,
        payment.SubscriptionId);

    private static InvalidOperationException Missing(string id) => new($"The sandbox knows no {id}.");
}
