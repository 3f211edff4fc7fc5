using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Organisations;

internal static class RenameOrganisation
{
    public static async Task<Results<Ok<Organisation>, ProblemHttpResult>> HandleAsync(
        string id, NameOrganisationRequest request, OrganisationStore organisations, AuditLog audit, HttpContext http)
    {
        if (OrganisationProblems.NameOf(request.Name) is not { } name) return OrganisationProblems.NameInvalid.ToResult();
        if (!await organisations.ExistsAsync(id, http.RequestAborted)) return OrganisationProblems.NotFound.ToResult();
        await audit.AddAsync(http, "organisation_renamed", $"organisation:{id}", name);
        return await organisations.RenameAsync(id, name, CancellationToken.None) is { } renamed
            ? TypedResults.Ok(renamed) : OrganisationProblems.NotFound.ToResult();
    }
}
