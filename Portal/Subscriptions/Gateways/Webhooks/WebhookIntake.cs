using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Gateways.Webhooks;

/// <summary>Where the provider's word arrives: it is verified and stored, and nothing more, so that the provider is answered at once.</summary>
internal sealed class WebhookIntake(IPaymentGateway gateway, IDocuments documents, IBus bus, TimeProvider time)
{
    /// <summary>Told when an event was stored.</summary>
    public const string Topic = "payment-events";

    private readonly IDocumentSet<PaymentEvent> _events = documents.Set(PaymentEvent.Schema);

    /// <summary>False where it is not the provider's.</summary>
    public async Task<bool> TakeAsync(byte[] body, string? signature, CancellationToken stop)
    {
        if (await gateway.ReadEventAsync(body, signature, stop) is not { } told) return false;
        var now = time.GetUtcNow();
        var stored = new PaymentEvent(told.Type, told.SubscriptionId, now, (told.SubscriptionId ?? told.PaymentId) is null ? null : now, told.PaymentId);
        if (await _events.InsertAsync(told.Id, stored, stop) is not null) await bus.PublishAsync(Topic, told.Id, stop);
        return true;
    }
}
