using FlickStream.Platform.Access;

namespace FlickStream.Portal.Organisations;

internal static class OrganisationRoutes
{
    public static void MapOrganisations(this IEndpointRouteBuilder routes)
    {
        var organisations = routes.MapGroup("/api/organisations").RequireAuthorization(Scopes.Admin).WithTags("Administration");
        organisations.MapGet("/", ListOrganisations.HandleAsync);
        organisations.MapPost("/", CreateOrganisation.HandleAsync);
        organisations.MapPut("/{id}", RenameOrganisation.HandleAsync);
    }
}
