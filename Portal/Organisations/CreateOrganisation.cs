using System.ComponentModel.DataAnnotations;
using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Organisations;

/// <param name="Name">1..100 characters.</param>
internal sealed record NameOrganisationRequest([property: Required] string? Name);

internal static class CreateOrganisation
{
    public static async Task<Results<Created<Organisation>, ProblemHttpResult>> HandleAsync(
        NameOrganisationRequest request, OrganisationStore organisations, AuditLog audit, HttpContext http)
    {
        if (OrganisationProblems.NameOf(request.Name) is not { } name) return OrganisationProblems.NameInvalid.ToResult();
        var id = OrganisationStore.NewId();
        await audit.AddAsync(http, "organisation_created", $"organisation:{id}", name);
        var made = await organisations.AddAsync(id, name, CancellationToken.None);
        return TypedResults.Created($"/api/organisations/{made.Id}", made);
    }
}
