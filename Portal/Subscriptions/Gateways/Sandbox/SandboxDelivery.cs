using FlickStream.Portal.Subscriptions.Gateways.Webhooks;

namespace FlickStream.Portal.Subscriptions.Gateways.Sandbox;

/// <summary>Brings what the sandbox has to tell to where webhooks arrive, signed as they are.</summary>
internal sealed class SandboxDelivery(SandboxEvents events, WebhookIntake intake, TimeProvider time)
{
    public async Task DeliverAsync(CancellationToken stop)
    {
        await foreach (var told in events.DueAsync(stop))
        {
            var body = SandboxEvents.BodyOf(told.Value);
            await intake.TakeAsync(body, WebhookSignature.Sign(body, await events.SecretAsync(stop), time.GetUtcNow()), stop);
            await events.DoneAsync(told, stop);
        }
    }
}
