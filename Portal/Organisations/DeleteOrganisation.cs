using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Organisations;

/// <summary>DELETE: of an organisation for which nobody works, and of which no title and no asset is left. Its keys are revoked and its webhooks go with it.</summary>
internal static class DeleteOrganisation
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, OrganisationStore organisations, OrganisationUse use, OrganisationRemoval removal, AuditLog audit, HttpContext http)
    {
        if (await organisations.GetAsync(id, http.RequestAborted) is not { } organisation) return OrganisationProblems.NotFound.ToResult();
        if (await use.OfAsync(id, http.RequestAborted) is { } left) return OrganisationProblems.InUse.ToResult(left);
        await audit.AddAsync(http, "organisation_deleted", $"organisation:{id}", organisation.Name);
        await removal.BeginAsync(organisation);
        return TypedResults.NoContent();
    }
}
