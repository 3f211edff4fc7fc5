using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Http;
using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Webhooks.Endpoints;

/// <param name="Url">https.</param>
/// <param name="Types">Null: all.</param>
/// <param name="IsOn">False: nothing is sent there but tests, and what happens meanwhile never is.</param>
internal sealed record ChangeEndpointRequest([property: Required] string? Url, [property: OneOf(typeof(WebhookTypes), nameof(WebhookTypes.Chosen))] IReadOnlyList<string>? Types, bool IsOn = true);

internal static class ChangeEndpoint
{
    public static async Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> HandleAsync(
        string id, ChangeEndpointRequest request, WebhookDesk desk, WebhookStore webhooks, AuditLog audit, TimeProvider time, HttpContext http)
    {
        if (await desk.FindAsync(id, http) is null) return WebhookProblems.NotFound.ToResult();
        var (url, unfit) = desk.UrlOf(request.Url);
        if (url is null) return unfit!.ToResult();
        if (WebhookDesk.TypesOf(request.Types) is not { } types) return WebhookProblems.TypesInvalid.ToResult();
        await audit.AddAsync(http, "webhook_changed", $"webhook:{id}", url.IdnHost);
        var changed = await webhooks.ChangeAsync(id, Changed, CancellationToken.None);
        return changed is null ? WebhookProblems.NotFound.ToResult() : TypedResults.Ok(EndpointAnswer.Of(changed));

        WebhookEndpoint Changed(WebhookEndpoint known) => known with
        {
            Url = url, Types = types, IsOn = request.IsOn, OnSince = request.IsOn && !known.IsOn ? time.GetUtcNow() : known.OnSince,
        };
    }
}
