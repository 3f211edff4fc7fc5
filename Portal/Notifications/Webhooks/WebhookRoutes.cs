using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Http;
using FlickStream.Platform.RateLimits;
using FlickStream.Portal.Notifications.Webhooks.Deliveries;
using FlickStream.Portal.Notifications.Webhooks.Endpoints;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Notifications.Webhooks;

internal static class WebhookRoutes
{
    private static readonly RequestSizeLimitAttribute Small = new(16 * 1024);

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/api/studio/webhooks").RequireAuthorization(Scopes.Ingest).WithTags("Studio").WithMetadata(Small);
        webhooks.MapGet("/", ListEndpoints.HandleAsync).WithName("listWebhooks");
        webhooks.MapPost("/", CreateEndpoint.HandleAsync).WithName("createWebhook").TellsAudit();
        webhooks.MapGet("/{id}", GetEndpoint.HandleAsync).WithName("getWebhook");
        webhooks.MapPut("/{id}", ChangeEndpoint.HandleAsync).TakesIfMatch().WithName("changeWebhook").TellsAudit();
        webhooks.MapDelete("/{id}", DeleteEndpoint.HandleAsync).WithName("deleteWebhook").TellsAudit();
        webhooks.MapPost("/{id}/rotate-secret", RotateSecret.HandleAsync).WithName("rotateWebhookSecret").TellsAudit();
        webhooks.MapPost("/{id}/test", TestEndpoint.HandleAsync).WithName("testWebhook").Audited("webhook_tested", "webhook")
            .LimitPerKey<WebhookOptions>("webhooks", options => options.SendsPerMinute);
        webhooks.MapGet("/{id}/deliveries", ListDeliveries.HandleAsync).WithName("listWebhookDeliveries");
        webhooks.MapGet("/{id}/deliveries/{deliveryId}", GetDelivery.HandleAsync).WithName("getWebhookDelivery");
        webhooks.MapPost("/{id}/deliveries/{deliveryId}/resend", ResendDelivery.HandleAsync).WithName("resendWebhookDelivery").Audited("webhook_resent", "webhook")
            .LimitPerKey<WebhookOptions>("webhooks", options => options.SendsPerMinute);
    }
}
