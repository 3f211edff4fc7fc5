using System.Text.Json;
using FlickStream.Platform.Http;

namespace FlickStream.Portal.Notifications.Webhooks.Deliveries;

/// <param name="State">waiting, delivered or failed.</param>
/// <param name="NextAt">When it is tried next; null where it is not.</param>
/// <param name="Body">As it is sent.</param>
/// <param name="Attempts">The latest 20, oldest first.</param>
internal sealed record DeliveryAnswer(
    string Id, [property: OneOf(WebhookTypes.EncodeFinished, WebhookTypes.EncodeFailed, WebhookTypes.Ping)] string Type, DeliveryState State, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, JsonElement Body, IReadOnlyList<DeliveryAttempt> Attempts)
{
    public static DeliveryAnswer Of(WebhookDelivery delivery) => new(
        delivery.Id, delivery.Type, delivery.State, delivery.CreatedAt, delivery.DueAt, JsonElement.Parse(delivery.Body), delivery.Attempts);
}
