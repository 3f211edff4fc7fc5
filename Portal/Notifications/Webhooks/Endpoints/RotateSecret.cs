using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Webhooks.Endpoints;

/// <summary>POST: another secret. The one before is signed with too for a while, so that a receiver loses nothing while it changes over.</summary>
internal static class RotateSecret
{
    public static async Task<Results<Ok<EndpointSecret>, ProblemHttpResult>> HandleAsync(
        string id, WebhookDesk desk, WebhookStore webhooks, WebhookSecrets secrets, IOptions<WebhookOptions> options, AuditLog audit, TimeProvider time,
        HttpContext http)
    {
        if (await desk.FindAsync(id, http) is null) return WebhookProblems.NotFound.ToResult();
        var ((secret, kept), until) = (secrets.Make(), time.GetUtcNow() + options.Value.OldSecretLife);
        await audit.AddAsync(http, "webhook_secret_replaced", $"webhook:{id}", "");
        var changed = await webhooks.ChangeAsync(
            id, known => known with { Secret = kept, OldSecret = secrets.Opens(known.Secret) ? known.Secret : null, OldSecretUntil = until }, CancellationToken.None);
        return changed is null ? WebhookProblems.NotFound.ToResult() : TypedResults.Ok(new EndpointSecret(EndpointAnswer.Of(changed), secret));
    }
}
