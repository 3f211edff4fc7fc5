using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;

namespace FlickStream.Portal.Organisations;

internal static class OrganisationRoutes
{
    public static void MapOrganisations(this IEndpointRouteBuilder routes)
    {
        var organisations = routes.MapGroup("/api/organisations").RequireAuthorization(Scopes.Admin).WithTags("Administration");
        organisations.MapGet("/", ListOrganisations.HandleAsync);
        organisations.MapPost("/", CreateOrganisation.HandleAsync).TellsAudit();
        organisations.MapPut("/{id}", RenameOrganisation.HandleAsync).TellsAudit();
        organisations.MapDelete("/{id}", DeleteOrganisation.HandleAsync).TellsAudit();
        routes.MapGet("/api/studio/organisation", ShowOwnOrganisation.HandleAsync).RequireAuthorization(Scopes.Catalog).WithTags("Studio");
    }
}
