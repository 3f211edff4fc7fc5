using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Gateways.Webhooks;

/// <summary>That the provider told something, by the id it gave it: a delivery that is repeated adds nothing.</summary>
/// <param name="PaymentId">Of which something came back.</param>
/// <param name="WaitsSince">Until what it is about was looked at; then null. Later than now: not before.</param>
[ImmutableObject(true)]
internal sealed record PaymentEvent(string Type, string? SubscriptionId, DateTimeOffset ReceivedAt, DateTimeOffset? WaitsSince, string? PaymentId = null)
{
    public static readonly DocumentSchema<PaymentEvent> Schema = new DocumentSchema<PaymentEvent>("payment_events")
        .Field("waits", e => e.WaitsSince)
        .Field("received", e => e.ReceivedAt)
        .Index("waits")
        .Index("received");
}
