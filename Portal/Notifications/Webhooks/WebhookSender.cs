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
    private static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(2);

    /// <summary>Sends what is due now.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        // A slow endpoint keeps one of these places, and not the others from going on.
        var places = new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            webhooks.DueAsync(time.GetUtcNow(), cancellationToken), places, (delivery, stop) => new(SendAsync(delivery, stop)));
        await webhooks.ForgetAsync(time.GetUtcNow() - options.Value.Memory, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var bell = await bus.SubscribeAsync(WebhookPost.Topic, stoppingToken);
        var rings = bell.ReadAllAsync(stoppingToken).GetAsyncEnumerator(stoppingToken);
        var ring = rings.MoveNextAsync().AsTask();
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        while (true)
        {
            try
            {
                await SendDueAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The next round tries again; ending here would leave all unsent until a restart.
                log.LogError(fault, "Webhooks could not be looked for.");
            }

            var woken = await Task.WhenAny(ring, tick);
            if (!await woken) return;
            if (woken == ring) ring = rings.MoveNextAsync().AsTask();
            else tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        }
    }

    private async Task SendAsync(Stored<WebhookDelivery> delivery, CancellationToken cancellationToken)
    {
        var claim = delivery.Value with { DueAt = time.GetUtcNow() + ClaimTime };
        if (await webhooks.ReplaceAsync(delivery, claim, cancellationToken) is not { } claimed) return; // Another node's.
        if (await webhooks.GetAsync(delivery.Value.EndpointId, cancellationToken) is not { } endpoint
            || !(endpoint.IsOn || delivery.Value.Type == WebhookTypes.Ping))
        {
            // Deleted or switched off since it was written.
            await webhooks.ReplaceAsync(claimed, claimed.Value with { State = DeliveryState.Failed, DueAt = null }, cancellationToken);
            return;
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
