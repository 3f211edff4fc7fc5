using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Http;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Webhooks.Endpoints;

/// <param name="Url">https.</param>
/// <param name="Types">Null: all.</param>
internal sealed record CreateEndpointRequest([property: Required] string? Url, [property: OneOf(typeof(WebhookTypes), nameof(WebhookTypes.Chosen))] IReadOnlyList<string>? Types);

internal static class CreateEndpoint
{
    /// <param name="organisationId">For administrators: whose.</param>
    public static async Task<Results<Created<EndpointSecret>, ProblemHttpResult>> HandleAsync(
        CreateEndpointRequest request, WebhookDesk desk, WebhookStore webhooks, WebhookSecrets secrets, AuditLog audit, TimeProvider time, HttpContext http,
        string? organisationId = null)
    {
        var (owner, refusal) = await desk.OwnerAsync(organisationId, http);
        if (owner is null) return refusal!.ToResult();
        var (url, unfit) = desk.UrlOf(request.Url);
        if (url is null) return unfit!.ToResult();
        if (WebhookDesk.TypesOf(request.Types) is not { } types) return WebhookProblems.TypesInvalid.ToResult();
        var (secret, kept) = secrets.Make();
        var now = time.GetUtcNow();
        var endpoint = new WebhookEndpoint
        {
            Id = WebhookStore.NewId(), OrganisationId = owner, Place = 0, Url = url, Types = types, Secret = kept, CreatedAt = now, OnSince = now,
        };
        if (await webhooks.AddAsync(endpoint, CancellationToken.None) is not { } added) return WebhookProblems.TooMany.ToResult();
        await audit.AddAsync(http, "webhook_created", $"webhook:{added.Id}", url.IdnHost);
        EntityTags.Tag(http, added.Revision);
        return TypedResults.Created($"/api/studio/webhooks/{added.Id}", new EndpointSecret(EndpointAnswer.Of(added), secret));
    }
}
