using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Webhooks.Deliveries;

internal static class GetDelivery
{
    public static async Task<Results<Ok<DeliveryAnswer>, ProblemHttpResult>> HandleAsync(
        string id, string deliveryId, WebhookDesk desk, WebhookStore webhooks, HttpContext http) =>
        await desk.FindAsync(id, http) is null ? WebhookProblems.NotFound.ToResult()
        : await webhooks.DeliveryAsync(deliveryId, http.RequestAborted) is { Value: var found } && found.EndpointId == id
            ? TypedResults.Ok(DeliveryAnswer.Of(found)) : WebhookProblems.DeliveryNotFound.ToResult();
}
