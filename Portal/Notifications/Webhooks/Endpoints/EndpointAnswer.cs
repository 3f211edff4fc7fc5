using FlickStream.Platform.Http;

namespace FlickStream.Portal.Notifications.Webhooks.Endpoints;

/// <param name="IsOn">False: nothing is sent there but tests.</param>
/// <param name="OldSecretUntil">Until when the secret before is signed with too; null where there is none.</param>
/// <param name="Revision">Its ETag is <c>"r3"</c> for 3.</param>
internal sealed record EndpointAnswer(
    string Id, string OrganisationId, Uri Url, [property: OneOf(typeof(WebhookTypes), nameof(WebhookTypes.Chosen))] IReadOnlyList<string> Types, bool IsOn, DateTimeOffset? OldSecretUntil, DateTimeOffset CreatedAt, long Revision)
{
    public static EndpointAnswer Of(WebhookEndpoint endpoint) => new(
        endpoint.Id, endpoint.OrganisationId, endpoint.Url, endpoint.Types, endpoint.IsOn, endpoint.OldSecretUntil, endpoint.CreatedAt, endpoint.Revision);
}

/// <param name="Secret">Shown now and never again.</param>
internal sealed record EndpointSecret(EndpointAnswer Endpoint, string Secret);
