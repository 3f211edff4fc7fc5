using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Payments;

namespace FlickStream.Portal.Subscriptions.Gateways.Webhooks;

/// <summary>Looks at what the stored events are about. Their order does not matter, nor whether one comes twice: what counts is what the provider
/// says then. Two nodes that do it at once do it once.</summary>
internal sealed class WebhookWorker(
    IDocuments documents, SubscriptionClerk clerk, PaymentClerk payments, IBus bus, TimeProvider time, ILogger<WebhookWorker> log) : BackgroundService
{
    // What comes back of a payment may be told before it is known here that it was paid.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    // The provider repeats for three days what it believes was not taken.
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    private readonly IDocumentSet<PaymentEvent> _events = documents.Set(PaymentEvent.Schema);

    /// <summary>Those that wait, by the time they came; with what is older than is remembered removed.</summary>
    public async Task SweepAsync(CancellationToken stop)
    {
        var waiting = new DocumentQuery { Filters = [DocumentFilter.AtMost("waits", time.GetUtcNow())], Sort = [new("waits")] };
        await foreach (var told in _events.QueryAllAsync(waiting, stop))
        {
            try
            {
                if (told.Value.SubscriptionId is { } subscriptionId) await clerk.WorkAsync(subscriptionId, isTold: true, stop);
                var isDone = told.Value.PaymentId is not { } paymentId || await payments.HearAsync(paymentId, stop);
                if (isDone) await _events.ReplaceAsync(told.Id, told.Version, told.Value with { WaitsSince = null }, stop);
                else await WaitAsync(told, stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // One that cannot be worked on now must not keep the others, nor ask the provider each minute.
                log.LogError(fault, "What event {Event} is about could not be looked at.", told.Id);
                if (fault is not GatewayUnavailableException) await WaitAsync(told, stop);
            }
        }

        await _events.DeleteAllAsync(new() { Filters = [DocumentFilter.AtMost("received", time.GetUtcNow() - Memory)], Sort = [new("received")] }, stop);
    }

    private async Task WaitAsync(Stored<PaymentEvent> told, CancellationToken stop) =>
        await _events.ReplaceAsync(told.Id, told.Version, told.Value with { WaitsSince = time.GetUtcNow() + Pause }, stop);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var bell = await bus.SubscribeAsync(WebhookIntake.Topic, stoppingToken);
        await foreach (var _ in bell.ReadAllAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Ending here would leave all to the schedule until a restart.
                log.LogError(fault, "Events of the payment provider could not be looked for.");
            }
        }
    }
}
