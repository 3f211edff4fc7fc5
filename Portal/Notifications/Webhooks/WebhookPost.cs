using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Json;

namespace FlickStream.Portal.Notifications.Webhooks;

/// <summary>What an endpoint is sent.</summary>
/// <param name="Id">The same for every attempt and every sending again: receivers know by it what they have.</param>
/// <param name="Type">One of <see cref="WebhookTypes"/>.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="Data">By type.</param>
internal sealed record WebhookMessage(string Id, string Type, DateTimeOffset CreatedAt, object Data);

/// <summary>Writes down what endpoints are to be told; <see cref="WebhookSender"/> sends it.</summary>
internal sealed class WebhookPost(WebhookStore webhooks, IBus bus, TimeProvider time)
{
    /// <summary>Told when something waits.</summary>
    public const string Topic = "webhooks";

    /// <summary>To all endpoints of an organisation that want it, to each once by the key.</summary>
    public async Task PostAsync(string organisationId, string type, string key, DateTimeOffset at, object data, CancellationToken cancellationToken)
    {
        foreach (var endpoint in await webhooks.ListAsync(organisationId, cancellationToken))
            if (endpoint.IsOn && !(at < endpoint.OnSince) && endpoint.Types.Contains(type)) await PostAsync(endpoint, type, key, at, data, cancellationToken);
    }

    /// <returns>Null when the endpoint was told before.</returns>
    public async Task<WebhookDelivery?> PostAsync(
        WebhookEndpoint endpoint, string type, string key, DateTimeOffset at, object data, CancellationToken cancellationToken)
    {
        var message = new WebhookMessage($"evt_{HashOf(key)}", type, at, data);
        var now = time.GetUtcNow();
        var delivery = new WebhookDelivery
        {
            Id = HashOf($"{endpoint.Id}\n{key}"), EndpointId = endpoint.Id, Type = type, Body = JsonSerializer.Serialize(message, PlatformJson.Options),
            State = DeliveryState.Waiting, DueAt = now, CreatedAt = now,
        };
        if (!await webhooks.AddAsync(delivery, cancellationToken)) return null;
        await bus.PublishAsync(Topic, delivery.Id, CancellationToken.None);
        return delivery;
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
}
