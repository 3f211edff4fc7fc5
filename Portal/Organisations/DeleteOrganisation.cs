using FlickStream.Platform.Access;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Notifications.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Organisations;

/// <summary>DELETE: of an organisation for which nobody works, and of which no title and no asset is left. Its keys are revoked and its webhooks go with it.</summary>
internal static class DeleteOrganisation
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, OrganisationStore organisations, OrganisationUse use, ApiKeys keys, WebhookStore webhooks, AuditLog audit, HttpContext http)
    {
        if (await organisations.GetAsync(id, http.RequestAborted) is not { } organisation) return OrganisationProblems.NotFound.ToResult();
        if (await use.OfAsync(id, http.RequestAborted) is { } left) return OrganisationProblems.InUse.ToResult(left);
        await audit.AddAsync(http, "organisation_deleted", $"organisation:{id}", organisation.Name);
        // The organisation last: a deletion that is interrupted is ended by asking again.
        await keys.RevokeAllAsync(id, CancellationToken.None);
        foreach (var endpoint in await webhooks.ListAsync(id, CancellationToken.None)) await webhooks.RemoveAsync(endpoint.Id, CancellationToken.None);
        await organisations.RemoveAsync(id, CancellationToken.None);
        // What was made while it went.
        await keys.RevokeAllAsync(id, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
