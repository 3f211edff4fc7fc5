using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Http;

namespace FlickStream.Portal.Catalog.People;

internal static class PersonRoutes
{
    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/api/people").WithTags("Catalog");
        people.MapGet("/", ListPeople.HandleAsync).AllowAnonymous().WithName("listPeople");
        people.MapGet("/{id}", ShowPerson.HandleAsync).AllowAnonymous().WithName("showPerson");
        people.MapPost("/", NamePerson.CreateAsync).RequireAuthorization(Scopes.Catalog).WithName("createPerson").Audited("person_created", "person");
        people.MapPut("/{id}", NamePerson.RenameAsync).RequireAuthorization(Scopes.Catalog).WithName("renamePerson").Audited("person_renamed", "person").TakesIfMatch();
    }
}
