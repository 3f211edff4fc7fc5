using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;

namespace FlickStream.Portal.Keys;

internal static class KeyRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/keys").RequireAuthorization(Scopes.Admin).WithTags("Keys");
        keys.MapPost("/", CreateKey.HandleAsync).TellsAudit();
        keys.MapGet("/", ListKeys.HandleAsync);
        keys.MapDelete("/{id}", RevokeKey.HandleAsync).TellsAudit();
    }
}
