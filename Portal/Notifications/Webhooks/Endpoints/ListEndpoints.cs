using FlickStream.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Webhooks.Endpoints;

/// <param name="Types">Of which there can be told.</param>
/// <param name="Most">How many an organisation may have.</param>
internal sealed record EndpointList(IReadOnlyList<EndpointAnswer> Items, [property: OneOf(typeof(WebhookTypes), nameof(WebhookTypes.Chosen))] IReadOnlyList<string> Types, int Most);

internal static class ListEndpoints
{
    /// <param name="organisationId">For administrators: whose.</param>
    public static async Task<Results<Ok<EndpointList>, ProblemHttpResult>> HandleAsync(
        WebhookDesk desk, WebhookStore webhooks, IOptions<WebhookOptions> options, HttpContext http, string? organisationId = null)
    {
        var (owner, refusal) = await desk.OwnerAsync(organisationId, http);
        if (owner is null) return refusal!.ToResult();
        var all = await webhooks.ListAsync(owner, http.RequestAborted);
        return TypedResults.Ok(new EndpointList([.. all.Select(EndpointAnswer.Of)], WebhookTypes.Chosen, options.Value.PerOrganisation));
    }
}
