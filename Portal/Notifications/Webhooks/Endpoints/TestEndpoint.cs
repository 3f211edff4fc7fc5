using FlickStream.Portal.Notifications.Webhooks.Deliveries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Webhooks.Endpoints;

/// <summary>POST: sends a <c>ping</c>, also where the endpoint is off. How it went is told by the delivery.</summary>
internal static class TestEndpoint
{
    public static async Task<Results<Accepted<DeliveryAnswer>, ProblemHttpResult>> HandleAsync(
        string id, WebhookDesk desk, WebhookPost post, TimeProvider time, HttpContext http)
    {
        if (await desk.FindAsync(id, http) is not { } endpoint) return WebhookProblems.NotFound.ToResult();
        var sent = await post.PostAsync(
            endpoint, WebhookTypes.Ping, $"ping:{WebhookStore.NewId()}", time.GetUtcNow(), new { endpointId = id }, CancellationToken.None)
            ?? throw new InvalidOperationException("A test had the key of another.");
        return TypedResults.Accepted($"/api/studio/webhooks/{id}/deliveries/{sent.Id}", DeliveryAnswer.Of(sent));
    }
}
