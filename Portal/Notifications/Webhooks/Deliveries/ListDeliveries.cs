using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Webhooks.Deliveries;

internal sealed record DeliveryList(IReadOnlyList<DeliveryAnswer> Items, string? Next);

/// <summary>GET: what an endpoint was sent, the latest first.</summary>
internal static class ListDeliveries
{
    public static async Task<Results<Ok<DeliveryList>, ProblemHttpResult>> HandleAsync(
        string id, WebhookDesk desk, WebhookStore webhooks, HttpContext http, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (await desk.FindAsync(id, http) is null) return WebhookProblems.NotFound.ToResult();
        var page = await webhooks.DeliveriesAsync(id, limit, after, http.RequestAborted);
        return TypedResults.Ok(new DeliveryList([.. page.Items.Select(item => DeliveryAnswer.Of(item.Value))], page.Next));
    }
}
