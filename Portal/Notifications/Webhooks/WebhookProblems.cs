using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Notifications.Webhooks;

internal static class WebhookProblems
{
    public static readonly Problem NotFound = new("webhook_not_found", 404, "There is no such endpoint of this organisation.");

    public static readonly Problem Changed = new("webhook_changed", 412, "Somebody has changed it since you saw it. Read it again.");

    public static readonly Problem DeliveryNotFound = new("webhook_delivery_not_found", 404, "There is no such delivery of this endpoint.");

    public static readonly Problem OrganisationNeeded = new(
        "webhook_organisation_needed", 400, "Ask as an organisation's person or with its key, or as an administrator name it as organisationId.");

    public static readonly Problem UrlInvalid = new(
        "webhook_url_invalid", 400, "Give an https address without user, password or fragment, of at most 2000 characters.");

    public static readonly Problem UrlNotPublic = new("webhook_url_not_public", 400, "Webhooks go to public addresses only.");

    public static readonly Problem TypesInvalid = new(
        "webhook_types_invalid", 400, $"Choose what to be told of, each once: {string.Join(", ", WebhookTypes.Chosen)}.");

    public static readonly Problem TooMany = new("webhook_limit_reached", 409, "The organisation has as many endpoints as it may.");

    public static readonly Problem StillWaiting = new("webhook_delivery_waiting", 409, "It waits to be sent already.");
}
