using System.Security.Cryptography;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Webhooks;

/// <summary>Sends what waits, on every node: a delivery is one node's by compare-and-set for longer than an attempt takes. One that was taken just
/// before its node died is sent once more, with the same id.</summary>
internal sealed class WebhookSender(
    WebhookStore webhooks, WebhookClient client, IBus bus, TimeProvider time, IOptions<WebhookOptions> options, ILogger<WebhookSender> log) : BackgroundService
{
    // Of one endpoint, so that one of which millions wait does not fill the memory.
    private const int InARound = 100;

    private static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(2);

    /// <summary>Sends what is due now, to each endpoint one after the other. What else one that failed is to hear waits for the next round: a dead
    /// one holds nobody up for longer than one attempt.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        var places = new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtOnce, CancellationToken = cancellationToken };
        var isMore = true;
        while (isMore)
        {
            isMore = false;
            await Parallel.ForEachAsync(await EndpointsAsync(cancellationToken), places, async (due, stop) =>
            {
                var isHeard = true;
                foreach (var delivery in due.TakeWhile(_ => isHeard)) isHeard = await SendAsync(delivery, stop);
                if (isHeard && due.Count == InARound) isMore = true;
            });
        }

        await webhooks.ForgetAsync(time.GetUtcNow() - options.Value.Memory, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => bus.RunAsync(
        WebhookPost.Topic, options.Value.SweepInterval, time, SendDueAsync, fault => log.LogError(fault, "Webhooks could not be looked for."), stoppingToken);

    private async Task<IReadOnlyCollection<List<Stored<WebhookDelivery>>>> EndpointsAsync(CancellationToken cancellationToken)
    {
        var endpoints = new Dictionary<string, List<Stored<WebhookDelivery>>>(StringComparer.Ordinal);
        await foreach (var delivery in webhooks.DueAsync(time.GetUtcNow(), cancellationToken))
        {
            if (!endpoints.TryGetValue(delivery.Value.EndpointId, out var due)) endpoints.Add(delivery.Value.EndpointId, due = []);
            if (due.Count < InARound) due.Add(delivery);
        }

        return endpoints.Values;
    }

    /// <returns>False where the endpoint did not take it.</returns>
    private async Task<bool> SendAsync(Stored<WebhookDelivery> delivery, CancellationToken cancellationToken)
    {
        var claim = delivery.Value with { DueAt = time.GetUtcNow() + ClaimTime };
        if (await webhooks.ReplaceAsync(delivery, claim, cancellationToken) is not { } claimed) return true; // Another node's.
        if (await webhooks.GetAsync(delivery.Value.EndpointId, cancellationToken) is not { } endpoint
            || !(endpoint.IsOn || delivery.Value.Type == WebhookTypes.Ping))
        {
            // Deleted or switched off since it was written.
            await webhooks.ReplaceAsync(claimed, claimed.Value with { State = DeliveryState.Failed, DueAt = null }, cancellationToken);
            return true;
        }

        DeliveryAttempt attempt;
        try
        {
            attempt = await client.SendAsync(endpoint, claimed.Value, cancellationToken);
        }
        catch (CryptographicException fault)
        {
            log.LogError(fault, "The secret of webhook endpoint {Endpoint} cannot be opened; its owner must replace it.", endpoint.Id);
            attempt = new(time.GetUtcNow(), null, "secret_lost", 0);
        }

        await webhooks.ReplaceAsync(claimed, After(claimed.Value.With(attempt), attempt), CancellationToken.None);
        return attempt.Fault is null;
    }

    private WebhookDelivery After(WebhookDelivery delivery, DeliveryAttempt attempt)
    {
        if (attempt.Fault is null) return delivery with { State = DeliveryState.Delivered, DueAt = null, Failures = 0 };
        var failures = delivery.Failures + 1;
        return failures > options.Value.PausesInForce.Count
            ? delivery with { State = DeliveryState.Failed, DueAt = null, Failures = failures }
            : delivery with { DueAt = time.GetUtcNow() + options.Value.PausesInForce[failures - 1], Failures = failures };
    }
}
