using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Webhooks.Endpoints;

internal static class DeleteEndpoint
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, WebhookDesk desk, WebhookStore webhooks, AuditLog audit, HttpContext http)
    {
        if (await desk.FindAsync(id, http) is not { } endpoint) return WebhookProblems.NotFound.ToResult();
        await audit.AddAsync(http, "webhook_deleted", $"webhook:{id}", endpoint.Url.IdnHost);
        await webhooks.RemoveAsync(id, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
