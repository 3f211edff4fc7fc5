using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Gateways.Webhooks;
using FlickStream.Portal.Subscriptions.Payments;
using FlickStream.Portal.Subscriptions.Promotions;
using Quartz;

namespace FlickStream.Portal.Subscriptions;

/// <summary>Renewals, reminders, retries and all else whose time has come, however long ago. Every node may run it, and twice.</summary>
[DisallowConcurrentExecution]
internal sealed class SubscriptionSweep(
    SubscriptionStore subscriptions, SubscriptionClerk clerk, PaymentSweep payments, WebhookWorker webhooks, SandboxDelivery sandbox, PromoStore promotions,
    TimeProvider time, ILogger<SubscriptionSweep> log) : IJob
{
    // After which nobody asks what became of a checkout.
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(SweepAsync(cancellationToken));

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await sandbox.DeliverAsync(cancellationToken);
        await webhooks.SweepAsync(cancellationToken);
        await promotions.SweepAsync(cancellationToken);
        await foreach (var due in subscriptions.DueAsync(time.GetUtcNow(), cancellationToken))
        {
            try
            {
                await clerk.WorkAsync(due.Id, isTold: false, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // One that cannot be worked on now must not keep the others; the next sweep tries again.
                log.LogError(fault, "What is due of subscription {Subscription} could not be done.", due.Id);
            }
        }

        await payments.SweepAsync(cancellationToken);
        await subscriptions.RemoveAbandonedAsync(time.GetUtcNow() - Memory, cancellationToken);
    }
}
