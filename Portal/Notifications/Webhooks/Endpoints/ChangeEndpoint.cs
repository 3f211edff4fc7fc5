using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Http;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Notifications.Webhooks.Endpoints;

/// <param name="Url">https.</param>
/// <param name="Types">Null: all.</param>
/// <param name="IsOn">False: nothing is sent there but tests, and what happens meanwhile never is.</param>
internal sealed record ChangeEndpointRequest([property: Required] string? Url, [property: OneOf(typeof(WebhookTypes), nameof(WebhookTypes.Chosen))] IReadOnlyList<string>? Types, bool IsOn = true);

/// <summary>PUT: another content, of the revision that If-Match names.</summary>
internal static class ChangeEndpoint
{
    public static async Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> HandleAsync(
        string id, ChangeEndpointRequest request, WebhookDesk desk, WebhookStore webhooks, AuditLog audit, TimeProvider time, HttpContext http)
    {
        if (await desk.FindAsync(id, http) is not { } before) return WebhookProblems.NotFound.ToResult();
        if (!EntityTags.TryRead(http, out var revision)) return EntityTags.IfMatchNeeded.ToResult();
        var (url, unfit) = desk.UrlOf(request.Url);
        if (url is null) return unfit!.ToResult();
        if (WebhookDesk.TypesOf(request.Types) is not { } types) return WebhookProblems.TypesInvalid.ToResult();
        if (!IsAsSeen(before)) return WebhookProblems.Changed.ToResult();
        await audit.AddAsync(http, "webhook_changed", $"webhook:{id}", url.IdnHost);
        var isChanged = false;
        var changed = await webhooks.ChangeAsync(id, Changed, CancellationToken.None);
        if (changed is null) return WebhookProblems.NotFound.ToResult();
        if (!isChanged) return WebhookProblems.Changed.ToResult();
        EntityTags.Tag(http, changed.Revision);
        return TypedResults.Ok(EndpointAnswer.Of(changed));

        bool IsAsSeen(WebhookEndpoint known) => (revision ?? known.Revision) == known.Revision;

        WebhookEndpoint Changed(WebhookEndpoint known) => !(isChanged = IsAsSeen(known)) ? known : known with
        {
            Url = url, Types = types, IsOn = request.IsOn, OnSince = request.IsOn && !known.IsOn ? time.GetUtcNow() : known.OnSince, Revision = known.Revision + 1,
        };
    }
}
