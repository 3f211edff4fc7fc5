using FlickStream.Platform.Bus;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Webhooks.Deliveries;

/// <summary>POST: sends it once more, as it was, with all its tries before it.</summary>
internal static class ResendDelivery
{
    public static async Task<Results<Accepted<DeliveryAnswer>, ProblemHttpResult>> HandleAsync(
        string id, string deliveryId, WebhookDesk desk, WebhookStore webhooks, IBus bus, TimeProvider time, HttpContext http)
    {
        if (await desk.FindAsync(id, http) is null) return WebhookProblems.NotFound.ToResult();
        while (await webhooks.DeliveryAsync(deliveryId, http.RequestAborted) is { } found && found.Value.EndpointId == id)
        {
            if (found.Value.State is DeliveryState.Waiting) return WebhookProblems.StillWaiting.ToResult();
            var again = found.Value with { State = DeliveryState.Waiting, DueAt = time.GetUtcNow(), Failures = 0 };
            if (await webhooks.ReplaceAsync(found, again, CancellationToken.None) is null) continue;
            await bus.PublishAsync(WebhookPost.Topic, deliveryId, CancellationToken.None);
            return TypedResults.Accepted($"/api/studio/webhooks/{id}/deliveries/{deliveryId}", DeliveryAnswer.Of(again));
        }

        return WebhookProblems.DeliveryNotFound.ToResult();
    }
}
